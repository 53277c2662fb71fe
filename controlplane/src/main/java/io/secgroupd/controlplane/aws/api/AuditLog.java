package io.secgroupd.controlplane.aws.api;

import io.secgroupd.controlplane.aws.sigv4.Identity.Caller;
import io.secgroupd.rules.text.Printable;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes a line for every request that was meant to change something, whatever came of it. No secret ever reaches it. */
final class AuditLog {

    private static final Logger LOG = LoggerFactory.getLogger("io.secgroupd.audit");

    /** A hash is told from others by this many digits. */
    private static final int DIGITS = 12;

    private AuditLog() {}

    /**
     * Who asks for what.
     *
     * @param action one that this program knows
     * @param source the client's address
     */
    record Asked(Caller caller, String action, String requestId, String source) {}

    /**
     * Notes a request.
     *
     * @param targets the ids of what it is about; none when it was refused before that was known
     * @param result  {@code ok}, or the code of the refusal
     * @param before  the hash of the policy before
     * @param after   the hash of the policy in force afterwards
     */
    static void wrote(Asked asked, List<String> targets, String result, String before, String after) {
        LOG.info(
                "api.write key={} name={} action={} target={} result={} before={} after={} source={} request={}",
                asked.caller().keyId(),
                Printable.shown(asked.caller().keyName()),
                asked.action(),
                targets.isEmpty() ? "-" : Printable.shown(String.join(",", targets)),
                result,
                shortened(before),
                shortened(after),
                asked.source(),
                asked.requestId());
    }

    private static String shortened(String hash) {
        return hash.isEmpty() ? "-" : hash.substring(0, Math.min(DIGITS, hash.length()));
    }
}
