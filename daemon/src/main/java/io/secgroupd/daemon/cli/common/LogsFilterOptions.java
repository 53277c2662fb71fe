package io.secgroupd.daemon.cli.common;

import io.secgroupd.daemon.flowlog.read.FlowFilter;
import io.secgroupd.daemon.flowlog.read.TimeText;
import io.secgroupd.rules.net.AddressRange;
import io.secgroupd.rules.net.AddressSyntaxException;
import io.secgroupd.rules.net.AddressText;
import io.secgroupd.rules.net.PortRange;
import io.secgroupd.rules.net.Protocol;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that choose lines of the flow log. */
public final class LogsFilterOptions {

    /** A range of milliseconds since 1970-01-01T00:00:00Z that includes both ends. */
    public record Times(long since, long until) {}

    @Option(names = "--reject", description = "Only what was refused.")
    private boolean reject;

    @Option(names = "--accept", description = "Only what was let through.")
    private boolean accept;

    @Option(
            names = "--src",
            split = ",",
            hideParamSyntax = true,
            paramLabel = "ADDRESS",
            description = "From this address, prefix or first-last range.")
    private List<String> sources = new ArrayList<>();

    @Option(
            names = "--dst",
            split = ",",
            hideParamSyntax = true,
            paramLabel = "ADDRESS",
            description = "To this address, prefix or first-last range.")
    private List<String> destinations = new ArrayList<>();

    @Option(
            names = "--port",
            split = ",",
            hideParamSyntax = true,
            paramLabel = "PORT",
            description = "Destination port, such as 443 or 8000-8100.")
    private List<String> ports = new ArrayList<>();

    @Option(
            names = "--protocol",
            split = ",",
            hideParamSyntax = true,
            paramLabel = "NAME",
            description = "tcp, udp, icmp, icmpv6 or a number 0-255.")
    private List<String> protocols = new ArrayList<>();

    @Option(
            names = "--group",
            split = ",",
            hideParamSyntax = true,
            paramLabel = "ID",
            description = "Accepted by a rule of this group.")
    private List<String> groups = new ArrayList<>();

    @Option(
            names = "--rule",
            split = ",",
            hideParamSyntax = true,
            paramLabel = "ID",
            description = "Accepted by this rule.")
    private List<String> rules = new ArrayList<>();

    @Option(
            names = "--instance",
            split = ",",
            hideParamSyntax = true,
            paramLabel = "NAME",
            description = "Judged for this instance.")
    private List<String> instances = new ArrayList<>();

    @Option(
            names = "--unit",
            split = ",",
            hideParamSyntax = true,
            paramLabel = "NAME",
            description = "Opened or served by this unit, such as nginx or backup-*.")
    private List<String> units = new ArrayList<>();

    @Option(names = "--since", paramLabel = "TIME", description = "Ago (10m, 1h, 2d), or from 2026-11-24T12:00:00Z on.")
    private @Nullable String since;

    @Option(names = "--until", paramLabel = "TIME", description = "Until then, written in the same way.")
    private @Nullable String until;

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // set by picocli before anything else runs
    private CommandSpec spec;

    /** Reports whether any of them was given. */
    public boolean areGiven() {
        return reject
                || accept
                || since != null
                || until != null
                || Stream.of(sources, destinations, ports, protocols, groups, rules, instances, units)
                        .anyMatch(values -> !values.isEmpty());
    }

    public boolean hasUntil() {
        return until != null;
    }

    public Times times(long nowMillis) {
        long from = since == null ? Long.MIN_VALUE : time("--since", since, nowMillis);
        long to = until == null ? Long.MAX_VALUE : time("--until", until, nowMillis);
        if (from > to) {
            throw new ParameterException(spec.commandLine(), "--since is later than --until");
        }
        return new Times(from, to);
    }

    private long time(String option, String text, long nowMillis) {
        OptionalLong time = TimeText.parse(text, nowMillis);
        return time.orElseThrow(() -> new ParameterException(
                spec.commandLine(),
                option + " \"" + text
                        + "\" is not a time; write how long ago, such as 10m, 1h or 2d, or 2026-11-24T12:00:00Z"));
    }

    public FlowFilter filter(Times times) {
        var filter = new FlowFilter().between(times.since, times.until);
        if (accept != reject) {
            filter.accepted(accept);
        }
        return filter.source(parsed(sources, text -> addresses("--src", text)))
                .destination(parsed(destinations, text -> addresses("--dst", text)))
                .port(parsed(ports, this::ports))
                .protocol(parsed(protocols, this::protocol))
                .group(groups)
                .rule(rules)
                .instance(instances)
                .unit(units);
    }

    private static <T> List<T> parsed(List<String> texts, Function<String, T> parser) {
        return texts.stream().map(parser).toList();
    }

    private AddressRange addresses(String option, String text) {
        try {
            return AddressText.parse(text).range();
        } catch (AddressSyntaxException e) {
            throw new ParameterException(spec.commandLine(), option + ": " + e.getMessage(), e);
        }
    }

    private PortRange ports(String text) {
        return PortRange.parse(text)
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(), "--port \"" + text + "\" is not a port; write 443 or 8000-8100"));
    }

    private Protocol protocol(String text) {
        return Protocol.parse(text)
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(),
                        "--protocol \"" + text
                                + "\" is not a protocol; write tcp, udp, icmp, icmpv6 or a number 0-255"));
    }
}
