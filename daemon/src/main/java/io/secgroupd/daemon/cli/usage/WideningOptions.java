package io.secgroupd.daemon.cli.usage;

import io.secgroupd.rules.net.Family;
import io.secgroupd.rules.usage.Widening;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that let a suggestion be wider than what was seen. */
final class WideningOptions {

    private static final Pattern LENGTHS = Pattern.compile("/?(\\d{1,3})(?:,/?(\\d{1,3}))?");

    @Option(
            names = "--widest",
            paramLabel = "/N[,/N]",
            defaultValue = "/32,/128",
            description = "Let prefixes grow to this length, of IPv6 after a comma.")
    private String widest = "";

    @Option(
            names = "--at-least",
            paramLabel = "N",
            defaultValue = "8",
            description = "… where this many of the addresses within were seen (8).")
    private int atLeast;

    @Option(names = "--everyone", paramLabel = "N", description = "From this many strangers on, a service is for any.")
    private int everyone = Integer.MAX_VALUE;

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // set by picocli before anything else runs
    private CommandSpec spec;

    Widening widening() {
        Matcher lengths = LENGTHS.matcher(widest);
        if (!lengths.matches()) {
            throw misuse("--widest \"" + widest + "\" is not a length; write /24, or /24,/64 for IPv6 too");
        }
        if (atLeast < 1 || everyone < 1) {
            throw misuse("--at-least and --everyone are 1 or more");
        }
        String ipv6 = lengths.group(2);
        return new Widening(
                length(lengths.group(1), Family.IPV4),
                ipv6 == null ? Family.IPV6.bits() : length(ipv6, Family.IPV6),
                atLeast,
                everyone);
    }

    private int length(String text, Family family) {
        int length = Integer.parseInt(text);
        if (length > family.bits()) {
            throw misuse("--widest /" + text + " is longer than an address, which has " + family.bits() + " bits");
        }
        return length;
    }

    private ParameterException misuse(String sentence) {
        return new ParameterException(spec.commandLine(), sentence);
    }
}
