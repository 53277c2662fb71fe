package io.secgroupd.daemon.cli.running;

import io.secgroupd.daemon.cli.common.OutputOptions;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows the state of the running daemon. */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description = {
            "Show the state of the running daemon.",
            "Its policy, a candidate beside it, what went wrong last, the carried instances, counters by verdict and reason,",
            "queues, latency."
        },
        footer = {
            "  secgroupd status --rules       which rules are used, and which never",
            "  secgroupd status --output json",
            "",
            "Hits are stored every minute and when the daemon stops: a crash loses up to a minute.",
            "With any HTTP client, for root and the group of the socket, as JSON:",
            "  curl --unix-socket /run/secgroupd/admin.sock http://localhost/status",
            "GET /status, /shadow, /rules, /metrics (Prometheus), /flows?follow=true (JSON lines);",
            "for root POST /reload, /apply, /confirm, /rollback."
        })
public final class StatusCommand implements Callable<Integer> {

    @Mixin
    private final OutputOptions common = new OutputOptions();

    @Option(
            names = "--rules",
            description = "Add every rule with its hits and its last hit, and since when they count.")
    private boolean rules;

    @Override
    public Integer call() {
        return new DaemonCall(common).ask("GET", rules ? "/status?rules=true" : "/status");
    }
}
