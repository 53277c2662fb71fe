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

    private ModeChanges() {}

    /** What changes, by the instances of the policy after; those that change alike are together. */
    public static List<ModeChange> between(CompiledPolicy before, CompiledPolicy after) {
        Map<String, ModeChange> changes = new LinkedHashMap<>();
        for (Instance instance : after.policy().instances().values()) {
            InstanceMode now = after.policy().modeOf(instance);
            change(before, instance, now)
                    .ifPresent(change -> changes.merge(
                            change.before().map(InstanceMode::word).orElse("") + " " + now.word(),
                            change,
                            ModeChanges::joined));
        }
        return List.copyOf(changes.values());
    }

    private static Optional<ModeChange> change(CompiledPolicy before, Instance instance, InstanceMode now) {
        List<InstanceMode> modes = earlier(before, instance).toList();
        if (modes.isEmpty()) {
            return now.observes() ? Optional.of(of(Optional.empty(), now, instance)) : Optional.empty();
        }
        return modes.stream().filter(mode -> mode != now).findFirst().map(mode -> of(Optional.of(mode), now, instance));
    }

    private static ModeChange of(Optional<InstanceMode> before, InstanceMode after, Instance instance) {
        return new ModeChange(before, after, List.of(instance.name()));
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

    private static ModeChange joined(ModeChange one, ModeChange other) {
        var names = new ArrayList<>(one.instances());
        names.addAll(other.instances());
        return new ModeChange(one.before(), one.after(), names);
    }
}
