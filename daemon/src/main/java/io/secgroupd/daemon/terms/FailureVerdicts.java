package io.secgroupd.daemon.terms;

import io.secgroupd.rules.net.Verdict;

/**
 * What happens to first packets that cannot be judged; each case has a switch of its own.
 *
 * @param noListener    no daemon has the queue
 * @param queueFull     more packets wait than the queue or its socket holds
 * @param undecodable   the headers make no sense, or are cut
 * @param internalError a defect of the daemon
 * @param stop          what becomes of the kernel's rules when the daemon stops
 */
public record FailureVerdicts(
        Verdict noListener, Verdict queueFull, Verdict undecodable, Verdict internalError, Stop stop) {

    /** What becomes of the kernel's rules at a stop. */
    public enum Stop {
        /** They stay: new connections are refused. */
        KEEP,
        /** They go: the host is open. */
        REMOVE
    }

    /** Whatever cannot be judged stays outside. */
    public static final FailureVerdicts CLOSED =
            new FailureVerdicts(Verdict.REJECT, Verdict.REJECT, Verdict.REJECT, Verdict.REJECT, Stop.KEEP);
}
