package io.secgroupd.daemon.cli.running;

import io.secgroupd.controlplane.edit.change.RuleKey;
import io.secgroupd.daemon.cli.common.CommonOptions;
import io.secgroupd.daemon.cli.common.ExitCode;
import io.secgroupd.daemon.cli.common.JsonOutput;
import io.secgroupd.daemon.cli.common.Operator;
import io.secgroupd.daemon.cli.common.SettingsFile;
import io.secgroupd.rules.text.Quote;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes an inbound rule that expires into the rules file. */
@Command(
        name = "open",
        mixinStandardHelpOptions = true,
        description = {
            "Let somebody in for a while: write an inbound rule that expires.",
            "It goes into the rules file, which is checked first; all else in it stays as it is, and what it said is kept",
            "beside it. A rule that is there already and ends sooner is prolonged. Needs root."
        },
        exitCodeList =
                "1:the file with the rule in it is not sound, or that is open already; or the daemon refused what was written",
        footer = "  sudo secgroupd open sg-web tcp 22 --from 203.0.113.7 --for 1h --reason \"ticket 4711\"")
public final class OpenCommand implements Callable<Integer> {

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Parameters(index = "0", paramLabel = "GROUP", description = "The security group that is opened, such as sg-web.")
    private String group = "";

    @Parameters(index = "1", paramLabel = "PROTOCOL", description = "tcp, udp, icmp, icmpv6, all or a number 0-255.")
    private String protocol = "";

    @Parameters(
            index = "2",
            arity = "0..1",
            paramLabel = "PORTS",
            description = "For tcp and udp: a port, a range such as 8000-8100, or all.")
    private @Nullable String ports;

    @Option(
            names = "--from",
            required = true,
            paramLabel = "PEER",
            description = "An address, a prefix, a range, sg-..., pl-..., self or any.")
    private String from = "";

    @Option(names = "--for", required = true, paramLabel = "TIME", description = "Such as 30m, 1h or 2d, at most 365d.")
    private String time = "";

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why; it stands in the rule, with who opened it.")
    private String reason = "";

    @Override
    public Integer call() {
        Instant expires = end(Instant.now());
        Path rules = SettingsFile.rules(common, common.err());
        var opening = new Opening(group, key(), expires, description());
        OpenedFile opened = OpenedFile.write(rules, opening, common.err());
        if (common.json()) {
            JsonOutput.print(common.out(), opened::write);
        } else {
            common.out().print(opened.text());
            common.out().flush();
        }
        return follow(rules);
    }

    private RuleKey key() {
        try {
            return OpenTerms.key(group, protocol, ports, from);
        } catch (IllegalArgumentException e) {
            throw common.misuse(String.valueOf(e.getMessage()));
        }
    }

    private String description() {
        return "opened by " + Operator.name().orElse("root") + (reason.isEmpty() ? "" : ": " + reason);
    }

    /** In whole seconds, which people can read, and never sooner than was asked for. */
    private Instant end(Instant now) {
        return TimeSpan.parse(time)
                .map(span -> Instant.ofEpochSecond(now.plus(span).getEpochSecond() + 1))
                .orElseThrow(() -> common.misuse(
                        "--for " + Quote.of(time) + " is not a time from 1s to 365d; write one, such as 1h"));
    }

    /** Lets the daemon read the file at once, if it is the one that it follows. */
    private int follow(Path rules) {
        var daemon = new DaemonCall(common);
        if (!daemon.follows(rules)) {
            return ExitCode.DONE;
        }
        ChangeResult read = daemon.change("/reload", new byte[0]);
        if (!common.json()) {
            return daemon.print(read);
        }
        if (read.refused()) {
            read.problems().forEach(common.err()::println);
            daemon.warn(read.message());
        }
        return read.refused() ? ExitCode.NO : ExitCode.DONE;
    }
}
