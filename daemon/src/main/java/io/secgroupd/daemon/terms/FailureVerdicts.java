package io.secgroupd.daemon.terms;

import io.secgroupd.rules.net.Verdict;

/**
 * What happens to first packets that cannot be judged; each case has its own switch.
 *
 * @param noListener the verdict when no daemon has the queue
 * @param queueFull the verdict when more packets wait than the queue or its socket holds
 * @param undecodable the verdict when the headers make no sense or are cut
 * @param internalError the verdict after a defect of the daemon
 * @param stop what happens to the kernel's rules when the daemon stops
 */
public record FailureVerdicts(
        Verdict noListener, Verdict queueFull, Verdict undecodable, Verdict internalError, Stop stop) {

    /** What happens to the kernel's rules at a stop. */
    public enum Stop {
        /** They stay, and new connections are refused. */
        KEEP,
        /** They are removed, and the host is open. */
        REMOVE
    }

    /** Refuses whatever cannot be judged. */
    public static final FailureVerdicts CLOSED =
            new FailureVerdicts(Verdict.REJECT, Verdict.REJECT, Verdict.REJECT, Verdict.REJECT, Stop.KEEP);
}
