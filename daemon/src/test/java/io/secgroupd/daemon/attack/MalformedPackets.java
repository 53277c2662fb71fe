package io.secgroupd.daemon.attack;

import io.secgroupd.daemon.testkit.NetworkNamespace;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Packets that iptables drops by itself in the middle of a chain, because a match finds no whole header. It does not count them:
 * they are those that came into our chain and came to none of its rules, of which each is an end and the last is for the rest.
 */
final class MalformedPackets {

    private static final Pattern COUNT = Pattern.compile("\\[(\\d+):\\d+]");
    private static final String WAY_IN = "-A INPUT -j SECGROUPD-INPUT";
    private static final String END = "-A SECGROUPD-INPUT ";

    private MalformedPackets() {}

    /** How many there were so far among those that came to a host; none where iptables has no part in it. */
    static long of(NetworkNamespace host) {
        String saved = host.run("sh", "-c", "iptables-save -c -t mangle; ip6tables-save -c -t mangle");
        return saved.lines().mapToLong(MalformedPackets::share).sum();
    }

    private static long share(String line) {
        Matcher count = COUNT.matcher(line);
        if (!count.find()) {
            return 0;
        }
        long packets = Long.parseLong(count.group(1));
        return line.endsWith(WAY_IN) ? packets : line.contains(END) ? -packets : 0;
    }
}
