package io.secgroupd.rules.file;

import io.secgroupd.rules.yaml.Nearest;
import io.secgroupd.rules.yaml.Quote;
import io.secgroupd.rules.yaml.Value;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The ids that a file declares, even where what they declare is broken: one mistake must not be reported twice. */
final class References {

    private final Set<String> lists;
    private final Set<String> groups;
    private final boolean staleGroups;
    private final Map<String, String> hints = new HashMap<>();

    References(List<Value.Entry> lists, List<Value.Entry> groups, boolean staleGroups) {
        this.lists = keys(lists);
        this.groups = keys(groups);
        this.staleGroups = staleGroups;
    }

    private static Set<String> keys(List<Value.Entry> entries) {
        return entries.stream().map(Value.Entry::key).collect(Collectors.toUnmodifiableSet());
    }

    /** A prefix list as a peer. */
    boolean checkList(String id, Value at) {
        return isGood(id, Ids.LIST, at) && isKnown(id, lists, "prefix list", at);
    }

    /** A group as a peer, which may be stale when the file says so. */
    boolean checkPeerGroup(String id, Value at) {
        if (!isGood(id, Ids.GROUP, at)) {
            return false;
        }
        if (staleGroups && !groups.contains(id)) {
            at.warning("no security group " + Quote.of(id) + ", so this matches nothing" + hint(id, groups));
            return true;
        }
        return isKnown(id, groups, "security group", at);
    }

    /** A group that an instance is given. */
    boolean checkGroup(String id, Value at) {
        return isGood(id, Ids.GROUP, at) && isKnown(id, groups, "security group", at);
    }

    /** Reports whether a peer can be an address at all; if not, it is a word that means nothing. */
    boolean checkWord(String text, Value at) {
        if (text.chars().anyMatch(c -> c == '.' || c == ':' || c == '/')) {
            return true;
        }
        var words = Stream.of(Set.of("any", "self"), groups, lists)
                .flatMap(Set::stream)
                .toList();
        String near = Nearest.to(text, words)
                .or(() -> Stream.of(Ids.GROUP + text, Ids.LIST + text)
                        .filter(words::contains)
                        .findFirst())
                .map(word -> "; did you mean " + Quote.of(word) + "?")
                .orElse("");
        at.error(Quote.of(text) + " is no peer; write any, self, a prefix, an address, a range, sg-… or pl-…" + near);
        return false;
    }

    private static boolean isGood(String id, String prefix, Value at) {
        var problem = Ids.problem(id, prefix);
        problem.ifPresent(at::error);
        return problem.isEmpty();
    }

    private boolean isKnown(String id, Set<String> known, String what, Value at) {
        if (known.contains(id)) {
            return true;
        }
        at.error("no " + what + " " + Quote.of(id) + hint(id, known));
        return false;
    }

    /** Asked once for each unknown id: a broken file may name one thousands of times. */
    private String hint(String id, Set<String> known) {
        return hints.computeIfAbsent(id, unknown -> {
            String near = Nearest.hint(unknown, known);
            return near.isEmpty() ? "; define it, or remove the reference" : near;
        });
    }
}
