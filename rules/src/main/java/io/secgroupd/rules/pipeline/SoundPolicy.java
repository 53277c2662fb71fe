package io.secgroupd.rules.pipeline;

import io.secgroupd.rules.analyze.ExpiryWarnings;
import io.secgroupd.rules.compile.CompiledPolicy;
import io.secgroupd.rules.model.Expiries;
import io.secgroupd.rules.model.Policy;
import io.secgroupd.rules.text.Problem;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A policy that may come into force: it has no error, and its own tests have passed, and its invariants hold.
 *
 * @param written  the policy with all rules that are written
 * @param expiries when these expire
 * @param at       the instant that the rest is about
 * @param compiled the policy without the rules that have expired by then
 * @param warnings sorted by place
 * @param files    every file and directory that the policy was read from
 * @param hash     hex SHA-256 over their contents
 */
public record SoundPolicy(
        Policy written,
        Expiries expiries,
        Instant at,
        CompiledPolicy compiled,
        List<Problem> warnings,
        List<Path> files,
        String hash) {

    public SoundPolicy {
        warnings = List.copyOf(warnings);
        files = List.copyOf(files);
    }

    SoundPolicy(
            Policy written,
            Instant at,
            CompiledPolicy compiled,
            List<Problem> warnings,
            List<Path> files,
            String hash) {
        this(written, written.expiries(), at, compiled, warnings, files, hash);
    }

    /** The same policy at another instant, without reading its files; the same object when the same rules live then. */
    public SoundPolicy at(Instant other) {
        return isSameAt(other)
                ? this
                : new SoundPolicy(
                        written, expiries, other, CompiledPolicy.of(written.at(other)), warningsAt(other), files, hash);
    }

    /** Reports whether the same rules live at another instant. */
    public boolean isSameAt(Instant other) {
        return expiries.isSame(at, other);
    }

    private List<Problem> warningsAt(Instant other) {
        Set<Problem> outdated = new HashSet<>(ExpiryWarnings.at(at, written));
        return Stream.concat(
                        warnings.stream().filter(warning -> !outdated.contains(warning)),
                        ExpiryWarnings.at(other, written).stream())
                .sorted()
                .toList();
    }
}
