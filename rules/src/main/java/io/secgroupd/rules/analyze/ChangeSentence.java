package io.secgroupd.rules.analyze;

import io.secgroupd.rules.analyze.InstanceChange.Kind;
import io.secgroupd.rules.compile.CompiledPolicy;
import io.secgroupd.rules.model.Policy;
import io.secgroupd.rules.net.AddressSet;
import io.secgroupd.rules.net.Direction;
import io.secgroupd.rules.net.Verdict;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Says what changes from one policy to another, in one sentence of bounded length. Policies that would take long to
 * compare flow by flow are compared by their text.
 */
public final class ChangeSentence {

    /** In UTF-16 code units. */
    static final int LONGEST = 400;

    private static final int MOST_NAMES = 3;
    private static final int MOST_FLOWS = 4;
    private static final int MOST_RANGES = 3;

    /** Rules, addresses and prefixes of both policies together that are compared in a fraction of a second. */
    private static final int MOST_COMPARED = 20_000;

    private ChangeSentence() {}

    public static String of(CompiledPolicy before, CompiledPolicy after) {
        return of(before, after, false);
    }

    /**
     * The same, after how many lines {@link DiffText} has with what is newly allowed, and with what is newly rejected:
     * {@code +2 -1: …}.
     */
    public static String counted(CompiledPolicy before, CompiledPolicy after) {
        return of(before, after, true);
    }

    private static String of(CompiledPolicy before, CompiledPolicy after, boolean counted) {
        List<String> beside = besideFlows(before, after);
        if (size(before.policy()) + size(after.policy()) > MOST_COMPARED) {
            return joined("", beside, WrittenChanges.between(before.policy(), after.policy()));
        }
        List<InstanceChange> changes = SemanticDiff.between(before, after);
        return changes.isEmpty()
                ? joined("", beside, WrittenChanges.NONE)
                : joined(counted ? counts(changes) : "", beside, sentence(changes));
    }

    /** What changes without any flow. */
    private static List<String> besideFlows(CompiledPolicy before, CompiledPolicy after) {
        var changes = new ArrayList<String>();
        ModeChanges.between(before, after).forEach(change -> changes.add(change.sentence(MOST_NAMES)));
        InvariantChanges.between(before.policy(), after.policy()).forEach(change -> changes.add(change.toString()));
        changes.addAll(ExpiryChanges.between(before.policy(), after.policy()));
        return changes;
    }

    /** An instance that observes and a promise that goes come first, where they are not cut off: they let the rest through. */
    private static String joined(String counts, List<String> beside, String flows) {
        if (beside.isEmpty()) {
            return shorten(counts + flows);
        }
        String said = firstFew(beside, MOST_NAMES, ", ");
        return shorten(counts + said + (flows.equals(WrittenChanges.NONE) ? "" : "; " + flows));
    }

    private static String counts(List<InstanceChange> changes) {
        List<Verdict> now = changes.stream()
                .flatMap(change -> change.changes().stream())
                .map(Change::now)
                .toList();
        long allowed = now.stream().filter(verdict -> verdict == Verdict.ACCEPT).count();
        return "+" + allowed + " -" + (now.size() - allowed) + ": ";
    }

    private static long size(Policy policy) {
        long rules = policy.securityGroups().values().stream()
                .mapToLong(group -> group.inbound().size() + group.outbound().size())
                .sum();
        long prefixes = policy.prefixLists().values().stream()
                .mapToLong(list -> list.entries().size())
                .sum();
        long addresses = policy.instances().values().stream()
                .mapToLong(instance -> instance.addresses().size())
                .sum();
        return rules + prefixes + addresses;
    }

    private record Alike(Kind kind, List<Change> flows) {}

    /** Instances with the same changes, such as those of a cluster, are named together. */
    private static String sentence(List<InstanceChange> changes) {
        Map<Alike, List<String>> subjects = new LinkedHashMap<>();
        for (InstanceChange change : changes) {
            subjects.computeIfAbsent(new Alike(change.kind(), change.changes()), unused -> new ArrayList<>())
                    .add(change.instance());
        }
        var clauses = new ArrayList<String>();
        subjects.forEach((alike, names) -> clauses.add(firstFew(names, MOST_NAMES, ", ") + what(alike)));
        return String.join("; ", clauses);
    }

    private static String what(Alike alike) {
        String kind = alike.kind() == Kind.CHANGED ? "" : " " + alike.kind().word();
        List<String> flows = alike.flows().stream()
                .limit(MOST_FLOWS)
                .map(ChangeSentence::words)
                .toList();
        int more = alike.flows().size() - flows.size();
        return kind
                + (flows.isEmpty() ? "" : ": " + String.join("; ", flows))
                + (more > 0 ? " and " + more + " more" : "");
    }

    private static String words(Change flows) {
        return (flows.direction() == Direction.INGRESS ? "inbound " : "outbound ")
                + (flows.now() == Verdict.ACCEPT ? "newly allowed " : "newly rejected ")
                + terms(flows);
    }

    /** The terms of a change whose peers may be a million ranges. */
    private static String terms(Change flows) {
        var few = new Change(
                flows.direction(),
                flows.now(),
                flows.protocols(),
                flows.selectors().stream().limit(MOST_RANGES).toList(),
                flows.peers().size() <= MOST_RANGES
                        ? flows.peers()
                        : AddressSet.of(
                                flows.peers().stream().limit(MOST_RANGES).toList()));
        int peers = flows.peers().size() - few.peers().size();
        int selectors = flows.selectors().size() - few.selectors().size();
        return few.terms()
                + (peers > 0 ? " and " + peers + " more ranges" : "")
                + (selectors > 0 ? ", with " + selectors + " more selectors as well" : "");
    }

    static String firstFew(List<String> words, int most, String separator) {
        String few = String.join(separator, words.subList(0, Math.min(most, words.size())));
        return words.size() <= most ? few : few + " and " + (words.size() - most) + " more";
    }

    private static String shorten(String sentence) {
        if (sentence.length() <= LONGEST) {
            return sentence;
        }
        int end = Character.isHighSurrogate(sentence.charAt(LONGEST - 2)) ? LONGEST - 2 : LONGEST - 1;
        return sentence.substring(0, end) + "…";
    }
}
