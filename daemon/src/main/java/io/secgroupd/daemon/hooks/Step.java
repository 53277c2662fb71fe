package io.secgroupd.daemon.hooks;

import io.secgroupd.rules.net.Family;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One step of the skeleton.
 *
 * @param why the purpose of the step, in words for the operator who lists the rules
 * @param families the address families that have the step
 * @param matches the conditions, all of which must hold; none matches every packet
 */
record Step(String why, Set<Family> families, List<Match> matches, Action action) {

    private static final Set<Family> BOTH = Set.copyOf(EnumSet.allOf(Family.class));

    static Step of(String why, Action action, Match... matches) {
        return new Step(why, BOTH, List.of(matches), action);
    }

    static Step only(Family family, String why, Action action, Match... matches) {
        return new Step(why, Set.of(family), List.of(matches), action);
    }

    /** The rules without their chain, one for every combination of alternatives. */
    List<String> iptables() {
        Stream<String> texts = Stream.of("");
        for (Match match : matches) {
            texts = texts.flatMap(text -> match.iptables().stream().map(word -> text + word + " "));
        }
        return texts.map(text -> text + action.iptables()).toList();
    }

    /** The rule, with the comment by which {@code check} recognises it however this nft prints the rest. */
    String nft() {
        String family =
                families.size() > 1 ? "" : "meta nfproto " + (families.contains(Family.IPV4) ? "ipv4 " : "ipv6 ");
        String conditions = matches.stream().map(match -> match.nft() + " ").collect(Collectors.joining());
        return family + conditions + action.nft() + " comment \"" + comment() + "\"";
    }

    /** The purpose of the step together with its settings, because other settings make it another rule. */
    String comment() {
        return why + matches.stream().map(Match::detail).collect(Collectors.joining()) + action.detail();
    }
}
