package io.secgroupd.daemon.hooks;

import io.secgroupd.rules.net.Family;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the kernel's counts from the output of {@code iptables-save -c} for one family. */
final class IptablesCounts {

    /** Matches {@code [packets:bytes] -A CHAIN rule}. */
    private static final Pattern RULE = Pattern.compile("\\[(\\d+):\\d+] -A (\\S+) (.*)");

    private IptablesCounts() {}

    /** Returns how many packets this step of the chain took; 0 when the step is missing. */
    static long packets(String saved, Skeleton.Chain chain, CountedStep counted, Family family) {
        long packets = 0;
        for (Step step : chain.steps()) {
            if (step.why().equals(counted.why()) && step.families().contains(family)) {
                packets += step.iptables().stream()
                        .mapToLong(rule -> packets(saved, IptablesText.chainName(chain.hook()), rule))
                        .sum();
            }
        }
        return packets;
    }

    private static long packets(String saved, String chain, String rule) {
        return saved.lines()
                .map(RULE::matcher)
                .filter(Matcher::matches)
                .filter(line -> line.group(2).equals(chain) && IptablesCheck.isSame(line.group(3), rule))
                .mapToLong(line -> Long.parseLong(line.group(1)))
                .sum();
    }
}
