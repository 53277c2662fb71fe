package io.secgroupd.daemon.hooks;

import io.secgroupd.rules.net.Hook;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the kernel's counts from a listing of our nft table. */
final class NftCounts {

    private static final Pattern CHAIN = Pattern.compile("chain (\\S+) \\{");
    private static final Pattern RULE =
            Pattern.compile("(?:.* )?counter packets (\\d+) bytes \\d+ .*comment \"([^\"]*)\"");

    private NftCounts() {}

    /** Returns how many packets this step of the hook's chain took; 0 when the step is missing. */
    static long packets(String listing, Hook hook, CountedStep counted) {
        String chain = "";
        long packets = 0;
        for (String line : listing.lines().map(String::strip).toList()) {
            Matcher begin = CHAIN.matcher(line);
            Matcher rule = RULE.matcher(line);
            if (begin.matches()) {
                chain = begin.group(1);
            } else if (rule.matches()
                    && chain.equals(hook.word())
                    && rule.group(2).startsWith(counted.why())) {
                packets += Long.parseLong(rule.group(1));
            }
        }
        return packets;
    }
}
