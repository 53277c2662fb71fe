package io.secgroupd.daemon.testkit;

import io.secgroupd.rules.net.Hook;
import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tells of each packet with a number whether it has passed a hook of a host up to the last of those that filter. The number
 * is in the address of the card that it comes from, which nobody who filters reads, and nftables keeps it in a set.
 */
public final class PassedPackets {

    /** What is done with a packet that has passed. */
    public enum Then {
        /** It goes on to the host's stack. */
        ACCEPT,
        /** Nobody gets it, so that nothing is answered and no connection is remembered. */
        DROP
    }

    private static final int CARDS = 0x025e;
    private static final String OURS = "@ll,48,16 " + CARDS;
    private static final String TABLE = "inet watch";
    private static final Pattern NUMBER = Pattern.compile("02:5e:(..):(..):(..):(..)");
    private static final Pattern PACKETS = Pattern.compile("packets (\\d+)");

    private final NetworkNamespace host;

    private PassedPackets(NetworkNamespace host) {
        this.host = host;
    }

    /**
     * Watches a host from now on.
     *
     * @param hook     where it filters
     * @param expected what is not kept because it may pass: matches of nftables
     */
    public static PassedPackets of(NetworkNamespace host, Hook hook, Then then, List<String> expected) {
        var rules = new StringBuilder();
        expected.forEach(match -> rules.append(match).append(" accept\n"));
        host.run("nft", """
                table %1$s {
                  set passed { type ether_addr; flags dynamic; size 1048576; }
                  counter arrivals { }
                  counter passes { }
                  chain before {
                    type filter hook %6$s priority -300; policy accept;
                    %2$s counter name arrivals
                  }
                  chain after {
                    type filter hook %6$s priority 300; policy accept;
                    @ll,48,16 != %5$d accept
                    counter name passes
                    %3$s
                    add @passed { ether saddr } %4$s
                  }
                }
                """.formatted(TABLE, OURS, rules, then == Then.DROP ? "drop" : "accept", CARDS, hook.word()));
        return new PassedPackets(host);
    }

    /** The address of the card from which the packet with a number comes. */
    public static byte[] card(int number) {
        return ByteBuffer.allocate(6).putShort((short) CARDS).putInt(number).array();
    }

    /** How many packets with a number have come, before anybody filtered. */
    public long arrivals() {
        return counter("arrivals");
    }

    /** How many have passed, those that may among them. */
    public long passes() {
        return counter("passes");
    }

    private long counter(String name) {
        Matcher packets = PACKETS.matcher(nft("list counter " + TABLE + " " + name));
        if (!packets.find()) {
            throw new IllegalStateException("no counter " + name);
        }
        return Long.parseLong(packets.group(1));
    }

    /** The numbers of those that have passed and are kept. */
    public BitSet numbers() {
        var numbers = new BitSet();
        NUMBER.matcher(nft("list set " + TABLE + " passed")).results().forEach(card -> {
            int number = 0;
            for (int i = 1; i <= 4; i++) {
                number = number << 8 | Integer.parseInt(card.group(i), 16);
            }
            numbers.set(number);
        });
        return numbers;
    }

    /** Keeps none of those that have passed so far. */
    public void forget() {
        nft("flush set " + TABLE + " passed");
    }

    private String nft(String command) {
        return host.run("nft", command);
    }
}
