package io.secgroupd.daemon.shadow;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * One distinct difference between the policy in force and the candidate, with how often it was met.
 *
 * @param protocol its name; empty for those of many kinds
 * @param service the port, or ICMP type and code; empty for any, and for a protocol without them
 * @param source the address that the first flow of this kind came from; empty when unknown
 * @param destination the address that it went to
 * @param count how many first packets
 */
public record Difference(
        DifferenceKind kind,
        String protocol,
        String service,
        DecidedBy inForce,
        DecidedBy candidate,
        String source,
        String destination,
        long count,
        Instant first,
        Instant last) {

    private static final int ID_BYTES = 4;

    /** Makes the difference that stands for all for which there is no room. */
    static Difference others(DifferenceKind kind, long count, Instant first, Instant last) {
        return new Difference(kind, "", "", DecidedBy.VARIOUS, DecidedBy.VARIOUS, "", "", count, first, last);
    }

    /** Reports whether it stands for all for which there was no room. */
    public boolean isOthers() {
        return inForce.equals(DecidedBy.VARIOUS);
    }

    /** What tells it from every other difference. */
    String key() {
        return String.join("|", kind.word(), protocol, service, inForce.key(), candidate.key());
    }

    /** The same at every start, and after every edit that leaves both rules: eight digits that an operator can type. */
    public String id() {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(key().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(Arrays.copyOf(hash, ID_BYTES));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** The same with later figures. */
    Difference counted(long countNow, Instant lastNow) {
        return new Difference(
                kind, protocol, service, inForce, candidate, source, destination, countNow, first, lastNow);
    }

    /** Adds flows of the same kind that were met later or by another pair of policies; their rules are the newer ones. */
    Difference plus(Difference later) {
        return new Difference(
                kind,
                protocol,
                service,
                later.inForce,
                later.candidate,
                source,
                destination,
                count + later.count,
                first.isBefore(later.first) ? first : later.first,
                last.isAfter(later.last) ? last : later.last);
    }
}
