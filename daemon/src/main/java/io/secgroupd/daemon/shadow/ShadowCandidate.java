package io.secgroupd.daemon.shadow;

import java.time.Duration;
import java.time.Instant;

/**
 * A candidate that is judged beside the policy in force.
 *
 * @param hash the hash of its policy
 * @param name the name of its file, as the operator knows it
 * @param by who began it; empty when unknown
 * @param began when it was first judged, whatever restarts there were since
 * @param ends when it ends unless it is promoted or dropped before
 * @param written the hash of the rules file's content when it began: a later one is an edit that the candidate lacks
 */
public record ShadowCandidate(String hash, String name, String by, Instant began, Instant ends, String written) {

    private static final int SHORT_HASH = 12;

    /** Reports whether its time is over. */
    boolean isOver(Instant now) {
        return !now.isBefore(ends);
    }

    /** How long it has been judged. */
    public Duration age(Instant now) {
        return Duration.between(began, now);
    }

    /** The first digits of the hash, as log lines show it. */
    public String shortHash() {
        return hash.substring(0, Math.min(SHORT_HASH, hash.length()));
    }
}
