package io.secgroupd.daemon.cli.policy;

import io.secgroupd.daemon.cli.common.CommonOptions;
import io.secgroupd.rules.text.InstantText;
import io.secgroupd.rules.text.Quote;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The moment that a question is about: rules that have expired by then match nothing. */
final class MomentOption {

    @Option(
            names = "--at",
            paramLabel = "TIME",
            description = "Ask about another moment than now, such as 2026-12-01T18:00:00Z: rules may expire.")
    private @Nullable String time;

    Instant instant(CommonOptions common) {
        String given = time;
        return given == null
                ? Instant.now()
                : InstantText.parse(given)
                        .orElseThrow(() -> common.misuse("--at " + Quote.of(given)
                                + " is not a time with its zone; write " + InstantText.EXAMPLE));
    }
}
