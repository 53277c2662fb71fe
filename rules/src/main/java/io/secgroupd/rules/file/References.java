package io.secgroupd.rules.file;

import io.secgroupd.rules.text.Quote;
import io.secgroupd.rules.text.Suggestions;
import io.secgroupd.rules.yaml.Value;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The ids that a file declares, including those whose declaration is broken, so that one mistake is not reported twice.
 */
final class References {

    /** Words that other tools use for {@code any}. */
    private static final Set<String> EVERYONE = Set.of("all", "*", "any", "anywhere", "everyone", "internet", "world");

    private static final Pattern OTHER_ACCOUNT = Pattern.compile("[0-9]{12}/sg-.*");

    private final Set<String> lists;
    private final Set<String> groups;
    private final Set<String> named;
    private final boolean staleGroups;
    private final Suggestions suggestions;
    private final Map<String, String> hints = new HashMap<>();
    private final Set<String> peerWords = new LinkedHashSet<>(List.of("any", "self"));

    /** @param named instances and clusters, which cannot be peers */
    References(
            List<Value.NamedValue> lists,
            List<Value.NamedValue> groups,
            List<Value.NamedValue> named,
            boolean staleGroups,
            Suggestions suggestions) {
        this.lists = keys(lists);
        this.groups = keys(groups);
        this.named = keys(named);
        this.staleGroups = staleGroups;
        this.suggestions = suggestions;
        this.peerWords.addAll(this.groups);
        this.peerWords.addAll(this.lists);
    }

    /** A hash set, whose buckets become trees: the JDK's unmodifiable sets search ids with equal hashes one by one. */
    private static Set<String> keys(List<Value.NamedValue> entries) {
        return entries.stream().map(Value.NamedValue::key).collect(Collectors.toCollection(HashSet::new));
    }

    /** Resolves a prefix list as a peer. */
    boolean checkList(String id, Value at) {
        return isGood(id, Ids.LIST, at) && isKnown(id, lists, "prefix list", at);
    }

    /** Resolves a group as a peer. It may be stale when the file allows that. */
    boolean checkPeerGroup(String id, Value at) {
        if (!isGood(id, Ids.GROUP, at)) {
            return false;
        }
        if (staleGroups && !groups.contains(id)) {
            at.warning(() ->
                    "there is no security group " + Quote.of(id) + ", so this matches nothing" + hint(id, groups));
            return true;
        }
        return isKnown(id, groups, "security group", at);
    }

    /** Resolves a group that an instance lists. */
    boolean checkGroup(String id, Value at) {
        return isGood(id, Ids.GROUP, at) && isKnown(id, groups, "security group", at);
    }

    /** Reports whether a peer looks like an address at all; otherwise it is an unknown word. */
    boolean checkWord(String text, Value at) {
        if (text.contains("/" + Ids.GROUP) && OTHER_ACCOUNT.matcher(text).matches()) {
            at.error(() -> Quote.of(text)
                    + " is a group of another AWS account, whose members are unknown; define a"
                    + " group of this id with its instances, or write their addresses");
            return false;
        }
        if (text.indexOf('.') >= 0 || text.indexOf(':') >= 0 || text.indexOf('/') >= 0) {
            return true;
        }
        at.error(() -> notAPeer(text));
        return false;
    }

    /** Reports whether other tools use this word for {@code any}. */
    static boolean isEveryone(String text) {
        return EVERYONE.contains(text.toLowerCase(Locale.ROOT));
    }

    private String notAPeer(String text) {
        if (isEveryone(text)) {
            return Quote.of(text) + " is not a peer; write any";
        }
        if (named.contains(text)) {
            return Quote.of(text) + " is an instance or cluster, not a peer; write its address, or a group that it has";
        }
        return Quote.of(text) + " is not a peer; write any, self, a prefix, an address, a range, sg-… or pl-…"
                + near(text);
    }

    private String near(String text) {
        return Stream.of(Ids.GROUP + text, Ids.LIST + text)
                .filter(peerWords::contains)
                .findFirst()
                .or(() -> suggestions.nearest(text, peerWords))
                .map(word -> "; did you mean " + Quote.of(word) + "?")
                .orElse("");
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
        at.error(() -> "there is no " + what + " " + Quote.of(id) + hint(id, known));
        return false;
    }

    /** The hint is found once for each unknown id: a broken file may name the same one thousands of times. */
    private String hint(String id, Set<String> known) {
        return hints.computeIfAbsent(id, unknown -> {
            String near = suggestions.hint(unknown, known);
            return near.isEmpty() ? "; define it, or remove the reference" : near;
        });
    }
}
