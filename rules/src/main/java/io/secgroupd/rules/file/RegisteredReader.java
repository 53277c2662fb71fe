package io.secgroupd.rules.file;

import io.secgroupd.rules.text.Location;
import io.secgroupd.rules.text.Quote;
import io.secgroupd.rules.text.Suggestions;
import io.secgroupd.rules.yaml.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads {@code registered}: the addresses that hosts reported, by the instances that say {@code addresses: registered}.
 */
final class RegisteredReader {

    private static final String WORD = "registered";

    private final Map<String, Value.NamedValue> left = new LinkedHashMap<>();

    RegisteredReader(List<Value.NamedValue> entries) {
        entries.forEach(entry -> left.put(entry.key(), entry));
    }

    /** Reports whether the addresses of an instance are those that its host reports. */
    static boolean isMeant(Value addresses) {
        return addresses.isSingle()
                && !addresses.isNull()
                && addresses.text().filter(WORD::equals).isPresent();
    }

    /** The list of an instance, which is asked for once; without one, the host has reported none. */
    Optional<Value> take(String instance) {
        return Optional.ofNullable(left.remove(instance)).map(Value.NamedValue::value);
    }

    /** Reports the lists that no instance asked for. */
    void reportRest(InstanceReader instances, Suggestions suggestions) {
        left.values().forEach(entry -> entry.error(whyUnasked(entry.key(), instances, suggestions)));
    }

    private static String whyUnasked(String name, InstanceReader instances, Suggestions suggestions) {
        Optional<Location> at = instances.placeOf(name);
        if (at.isEmpty()) {
            String near = suggestions.hint(name, instances.names());
            return "there is no instance " + Quote.of(name)
                    + (near.isEmpty() ? "; define it with addresses: registered, or remove this" : near);
        }
        return instances.clusters().containsKey(name)
                ? Quote.of(name) + " is a cluster; write the names of its instances"
                : Quote.of(name) + " at " + at.get()
                        + " does not say addresses: registered; write that there, or remove this";
    }
}
