package io.secgroupd.daemon.control;

import io.secgroupd.rules.compile.CompiledPolicy;
import io.secgroupd.rules.decide.PacketFilter;
import io.secgroupd.rules.model.Problem;
import java.nio.file.Path;
import java.util.List;

/**
 * A policy that was read, tested and compiled for this host, ready to be put in force.
 *
 * @param filter   what this host enforces
 * @param warnings what the reader remarked
 * @param files    every file and directory that the policy was read from
 * @param hash     hex SHA-256 over their contents
 */
public record LoadedPolicy(
        CompiledPolicy compiled,
        PacketFilter filter,
        Carry.Carried carried,
        List<Problem> warnings,
        List<Path> files,
        String hash) {

    public LoadedPolicy {
        warnings = List.copyOf(warnings);
        files = List.copyOf(files);
    }

    /** Reports whether a list is empty that should not have become so, if it has. */
    public boolean mayHaveEmptiedLists() {
        return EmptiedLists.possible(compiled.policy());
    }

    /**
     * Refuses a policy in which a list has become empty.
     *
     * @throws RefusedPolicyException when a list has lost the last of the entries that it has in {@code before}
     */
    public void requireNoneEmptied(LoadedPolicy before) throws RefusedPolicyException {
        SoundPolicy.of(this).requireNoneEmptied(before);
    }

    /** The first digits of the hash, as log lines show it. */
    public String shortHash() {
        return shortHash(hash);
    }

    static String shortHash(String hash) {
        return hash.substring(0, Math.min(12, hash.length()));
    }
}
