package io.secgroupd.rules.model;

import io.secgroupd.rules.net.Direction;
import io.secgroupd.rules.net.IcmpMatch;
import io.secgroupd.rules.net.PortRange;
import io.secgroupd.rules.net.Protocol;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Derives the id of a rule that has none from its content, so that it survives re-ordering, comments and descriptions.
 */
public final class RuleId {

    /** As many hex digits as an AWS id has. */
    private static final int HEX_DIGITS = 17;

    private RuleId() {}

    /** {@code sgr-} and 17 hex digits of a SHA-256 over everything that gives the rule its meaning. */
    public static String derive(
            String group, Direction direction, Protocol protocol, PortRange ports, IcmpMatch icmp, Peer peer) {
        return new Deriver().derive(group, direction, protocol, ports, icmp, peer);
    }

    /** Derives the ids of many rules, with one digest for all of them; not for several threads at a time. */
    public static final class Deriver {

        private final MessageDigest sha256 = sha256();

        /** The same as {@link RuleId#derive}. */
        public String derive(
                String group, Direction direction, Protocol protocol, PortRange ports, IcmpMatch icmp, Peer peer) {
            String content =
                    group + "\n" + direction.word() + "\n" + protocol + "\n" + ports + "\n" + icmp + "\n" + peer;
            byte[] hash = sha256.digest(content.getBytes(StandardCharsets.UTF_8));
            return "sgr-"
                    + HexFormat.of().formatHex(hash, 0, (HEX_DIGITS + 1) / 2).substring(0, HEX_DIGITS);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
