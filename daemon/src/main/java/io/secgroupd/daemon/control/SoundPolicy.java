package io.secgroupd.daemon.control;

import io.secgroupd.rules.compile.CompiledPolicy;
import io.secgroupd.rules.model.Problem;
import java.nio.file.Path;
import java.util.List;

/** A policy without an error, before it is asked which of its instances this host is. */
record SoundPolicy(CompiledPolicy compiled, List<Problem> warnings, List<Path> files, String hash) {

    static SoundPolicy of(LoadedPolicy loaded) {
        return new SoundPolicy(loaded.compiled(), loaded.warnings(), loaded.files(), loaded.hash());
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
