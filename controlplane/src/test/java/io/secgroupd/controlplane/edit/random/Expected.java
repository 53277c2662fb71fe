package io.secgroupd.controlplane.edit.random;

import java.util.Set;
import java.util.TreeSet;

/** What a policy has to say after a change. */
final class Expected {

    private Expected() {}

    static Set<String> facts(Set<String> before, Asked asked) {
        Set<String> facts = new TreeSet<>(before);
        facts.removeAll(asked.gone());
        facts.addAll(asked.come());
        return facts;
    }
}
