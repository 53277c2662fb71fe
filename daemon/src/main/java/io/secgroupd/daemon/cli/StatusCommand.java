package io.secgroupd.daemon.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Says how the running daemon is. */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description = "Say how the running daemon is: policy, what went wrong last, counters, queues, latency.",
        footerHeading = "%nThe same by any HTTP client, for root and the group of the socket:%n",
        footer = {
            "  curl --unix-socket /run/secgroupd/admin.sock http://localhost/status",
            "  GET /status[?rules=true], /rules, /metrics (Prometheus), /flows?follow=true (JSON lines)",
            "  POST /reload, for root",
            "Answers are JSON; with the header \"Accept: text/plain\" the text of this command.",
            "Hits of rules are stored every minute and at the stop: a crash loses up to a minute of them."
        })
final class StatusCommand implements Callable<Integer> {

    @Mixin
    private final OutputOptions common = new OutputOptions();

    @Option(
            names = "--rules",
            description = "Add every rule with its hits and its last hit, and since when they count.")
    private boolean rules;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli before anything else runs
    private CommandSpec spec;

    @Override
    public Integer call() {
        var daemon = new DaemonCall(common, spec.commandLine().getErr());
        return daemon.ask(
                "GET",
                rules ? "/status?rules=true" : "/status",
                spec.commandLine().getOut());
    }
}
