package io.secgroupd.daemon.dataplane;

import io.secgroupd.rules.net.Verdict;

/**
 * The verdicts of packets that could not be judged.
 *
 * @param undecodable   when the bytes are no packet whose ends and service can be told
 * @param internalError when judging it failed by a fault of our own
 */
public record FailureSettings(Verdict undecodable, Verdict internalError) {

    /** Whatever is not understood stays outside. */
    public static final FailureSettings CLOSED = new FailureSettings(Verdict.REJECT, Verdict.REJECT);
}
