package io.secgroupd.daemon.cli.running;

import io.secgroupd.daemon.cli.common.OutputOptions;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Shows what the candidate would decide otherwise. */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description = {
            "Show what the candidate would decide otherwise.",
            "Since when it is judged, how many connections, and every distinct difference once: its name, how often, first"
                    + " and last, and the rules of both sides with their places, or the rule that came nearest."
        },
        footer = {
            "  secgroupd shadow status",
            "  secgroupd shadow status --output json | jq '.shadow.differences[] | select(.accepted | not)'",
            "",
            "Figures are stored every half minute, a new difference within a second: a crash loses no more."
        })
final class ShadowStatusCommand implements Callable<Integer> {

    @Mixin
    private final OutputOptions common = new OutputOptions();

    @Override
    public Integer call() {
        return new DaemonCall(common).ask("GET", "/shadow");
    }
}
