package io.secgroupd.rules.analyze;

import io.secgroupd.rules.compile.CompiledPolicy;
import io.secgroupd.rules.model.Instance;
import io.secgroupd.rules.model.InstanceMode;
import io.secgroupd.rules.net.IpAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Finds the instances whose mode is another in one policy than in another. Addresses are compared, and names only where there
 * are none: a renamed instance changes nothing.
 */
public final class ModeChanges {

    /** The mode before, empty for an instance that is new, and the one after. */
    private record Turn(Optional<InstanceMode> before, InstanceMode after) {}

    private ModeChanges() {}

    /** What changes, by the instances of the policy after; those that change alike are together. */
    public static List<ModeChange> between(CompiledPolicy before, CompiledPolicy after) {
        Map<Turn, List<String>> turned = new LinkedHashMap<>();
        for (Instance instance : after.policy().instances().values()) {
            turn(before, instance, after.policy().modeOf(instance))
                    .ifPresent(turn -> turned.computeIfAbsent(turn, unused -> new ArrayList<>())
                            .add(instance.name()));
        }
        return turned.entrySet().stream()
                .map(turn ->
                        new ModeChange(turn.getKey().before(), turn.getKey().after(), turn.getValue()))
                .toList();
    }

    private static Optional<Turn> turn(CompiledPolicy before, Instance instance, InstanceMode now) {
        List<InstanceMode> modes = earlier(before, instance).toList();
        if (modes.isEmpty()) {
            return now.observes() ? Optional.of(new Turn(Optional.empty(), now)) : Optional.empty();
        }
        return modes.stream().filter(mode -> mode != now).findFirst().map(mode -> new Turn(Optional.of(mode), now));
    }

    /** The modes of whatever had the addresses of an instance before. */
    private static Stream<InstanceMode> earlier(CompiledPolicy before, Instance instance) {
        List<IpAddress> known = instance.addresses().stream()
                .filter(address -> before.instanceAt(address).isPresent())
                .toList();
        Stream<Instance> earlier = known.isEmpty()
                ? Stream.ofNullable(before.policy().instances().get(instance.name()))
                : known.stream().flatMap(address -> before.instanceAt(address).stream());
        return earlier.map(before.policy()::modeOf);
    }
}
