package io.secgroupd.daemon.control;

import io.secgroupd.rules.compile.CompiledPolicy;
import io.secgroupd.rules.decide.PacketFilter;
import io.secgroupd.rules.model.Instance;
import io.secgroupd.rules.model.Rule;
import io.secgroupd.rules.pipeline.SoundPolicy;
import io.secgroupd.rules.text.Problem;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A sound policy as this host enforces it.
 *
 * @param filter  what this host enforces
 * @param carried the instances that this host is
 */
public record HostPolicy(SoundPolicy sound, PacketFilter filter, CarrySettings.CarriedInstances carried) {

    static HostPolicy of(SoundPolicy sound, CarrySettings.CarriedInstances carried) {
        return new HostPolicy(
                sound,
                sound.compiled().packetFilter(carried.instances(), carried.hostInstance(), carried.here()),
                carried);
    }

    /** The same policy at another instant; the same object when the same rules live then. */
    HostPolicy at(Instant instant) {
        return sound.isSameAt(instant) ? this : of(sound.at(instant), carried);
    }

    public CompiledPolicy compiled() {
        return sound.compiled();
    }

    public List<Problem> warnings() {
        return sound.warnings();
    }

    /** The next rule that expires after an instant, of the groups of this host's instances. */
    public Optional<Rule> nextEnd(Instant instant) {
        if (sound.expiries().after(instant).isEmpty()) {
            return Optional.empty();
        }
        Set<String> groups = carried.instances().stream()
                .flatMap(instance -> instance.securityGroups().stream())
                .collect(Collectors.toSet());
        return sound.written()
                .rules()
                .filter(rule -> groups.contains(rule.group()))
                .filter(rule -> rule.expires().filter(instant::isBefore).isPresent())
                .min(Comparator.comparing(rule -> rule.expires().orElse(Instant.MAX)));
    }

    /** Every file and directory that the policy was read from. */
    public List<Path> files() {
        return sound.files();
    }

    /** Hex SHA-256 over the contents of the files. */
    public String hash() {
        return sound.hash();
    }

    /** Reports whether, and how, a list has become empty that should not have. */
    public boolean mayHaveEmptiedLists() {
        return EmptiedLists.possible(sound.written());
    }

    /**
     * Refuses a policy in which a list has become empty.
     *
     * @throws RefusedPolicyException when a list has lost the last of the entries that it had in {@code before}
     */
    public void requireNoneEmptied(HostPolicy before) throws RefusedPolicyException {
        EmptiedLists.requireNone(before.sound(), sound);
    }

    /** The names of the carried instances, as log lines show them. */
    public String names() {
        return carried.instances().stream().map(Instance::name).collect(Collectors.joining(","));
    }

    /** The first digits of the hash, as log lines show it. */
    public String shortHash() {
        return shortHash(hash());
    }

    static String shortHash(String hash) {
        return hash.substring(0, Math.min(12, hash.length()));
    }
}
