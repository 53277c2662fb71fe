package io.secgroupd.rules.analyze;

import io.secgroupd.rules.analyze.InstanceChange.Kind;
import io.secgroupd.rules.compile.CompiledPolicy;
import io.secgroupd.rules.decide.RuleTable;
import io.secgroupd.rules.decide.RuleTerms;
import io.secgroupd.rules.model.Instance;
import io.secgroupd.rules.net.AddressRange;
import io.secgroupd.rules.net.AddressSet;
import io.secgroupd.rules.net.Direction;
import io.secgroupd.rules.net.IpAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds what changes in meaning from one policy to another. Addresses are compared, not names: a renamed instance,
 * group or list, another order or another spelling changes nothing. Traffic between the addresses of one instance is
 * loopback, which no rule judges, so it is not compared.
 */
public final class SemanticDiff {

    /** The rules of one direction before and after; instances with the same groups share the answer. */
    private record Tables(
            @Nullable RuleTable before, @Nullable RuleTable after, Direction direction) {}

    private record InstanceTables(String instance, Kind kind, Tables ingress, Tables egress) {}

    private record Addressed(InstanceTables subject, List<AddressRange> addresses) {}

    private final CompiledPolicy before;
    private final CompiledPolicy after;
    private final Map<Tables, List<Change>> compared = new HashMap<>();
    private final Map<Tables, Integer> numbers = new HashMap<>();

    private SemanticDiff(CompiledPolicy before, CompiledPolicy after) {
        this.before = before;
        this.after = after;
    }

    /** The changes by instance, those of the new policy first, in written order. Empty: no change in meaning. */
    public static List<InstanceChange> between(CompiledPolicy before, CompiledPolicy after) {
        return new SemanticDiff(before, after).changes();
    }

    private List<InstanceChange> changes() {
        Map<String, Addressed> subjects = new LinkedHashMap<>();
        for (IpAddress address : addresses()) {
            InstanceTables subject = subjectAt(address);
            subjects.computeIfAbsent(key(subject), unused -> new Addressed(subject, new ArrayList<>()))
                    .addresses()
                    .add(AddressRange.of(address));
        }
        var changes = new ArrayList<InstanceChange>();
        subjects.values().forEach(addressed -> {
            InstanceTables subject = addressed.subject();
            List<Change> flows = Stream.of(subject.ingress(), subject.egress())
                    .flatMap(tables -> compared.computeIfAbsent(tables, SemanticDiff::compare).stream())
                    .toList();
            if (!flows.isEmpty() || subject.kind() != Kind.CHANGED) {
                changes.add(new InstanceChange(
                        subject.instance(), subject.kind(), AddressSet.of(addressed.addresses()), flows));
            }
        });
        return changes;
    }

    /** A text, because a map can order it: a file can give all its instances names with equal hashes. */
    private String key(InstanceTables subject) {
        return subject.instance() + " " + subject.kind() + " " + number(subject.ingress()) + " "
                + number(subject.egress());
    }

    private int number(Tables tables) {
        return numbers.computeIfAbsent(tables, unused -> numbers.size());
    }

    private Set<IpAddress> addresses() {
        var all = new LinkedHashSet<IpAddress>();
        for (CompiledPolicy policy : List.of(after, before)) {
            policy.policy().instances().values().forEach(instance -> all.addAll(instance.addresses()));
        }
        return all;
    }

    private InstanceTables subjectAt(IpAddress address) {
        Optional<Instance> was = before.instanceAt(address);
        Optional<Instance> is = after.instanceAt(address);
        Kind kind = was.isEmpty() ? Kind.ADDED : is.isEmpty() ? Kind.REMOVED : Kind.CHANGED;
        String name = is.or(() -> was).map(Instance::name).orElseThrow();
        return new InstanceTables(name, kind, tables(was, is, Direction.INGRESS), tables(was, is, Direction.EGRESS));
    }

    private Tables tables(Optional<Instance> was, Optional<Instance> is, Direction direction) {
        return new Tables(
                was.map(instance -> before.filterOf(instance).table(direction)).orElse(null),
                is.map(instance -> after.filterOf(instance).table(direction)).orElse(null),
                direction);
    }

    private static List<Change> compare(Tables tables) {
        return TableDiff.of(tables.direction(), rules(tables.before()), rules(tables.after()));
    }

    private static List<RuleTerms> rules(@Nullable RuleTable table) {
        return table == null ? List.of() : table.rules();
    }
}
