package io.secgroupd.daemon.control;

import io.secgroupd.rules.compile.CompiledPolicy;
import io.secgroupd.rules.model.Problem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A policy without an error, before it is asked which of its instances this host is. */
record SoundPolicy(CompiledPolicy compiled, List<Problem> warnings, List<Path> files, String hash) {

    static SoundPolicy of(LoadedPolicy loaded) {
        return new SoundPolicy(loaded.compiled(), loaded.warnings(), loaded.files(), loaded.hash());
    }

    /**
     * Refuses a policy one of whose lists has lost its last entry.
     *
     * @throws RefusedPolicyException then
     */
    void requireNoneEmptied(LoadedPolicy before) throws RefusedPolicyException {
        List<Problem> emptied = EmptiedLists.problems(before.compiled().policy(), compiled.policy());
        if (!emptied.isEmpty()) {
            var problems = new ArrayList<>(warnings);
            problems.addAll(emptied);
            throw new RefusedPolicyException(problems.stream().sorted().toList(), files);
        }
    }

    /** The policy as a host enforces it that carries these instances. */
    LoadedPolicy carriedBy(Carry.Carried carried) {
        return new LoadedPolicy(
                compiled,
                compiled.packetFilter(carried.instances(), carried.hostInstance(), carried.here()),
                carried,
                warnings,
                files,
                hash);
    }
}
