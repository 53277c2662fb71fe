package io.secgroupd.controlplane.fleet.rollout;

/**
 * The revisions of a roll-out with other registered addresses than they say: hosts join and leave for all at once, while a
 * revision reaches the hosts step by step.
 *
 * @param number    counts up from 1, so that a host knows the newer edition of a revision from the older one
 * @param addresses under which hash the addresses are kept
 */
public record Edition(long number, String addresses) {

    /** Refuses what no edition can be. */
    public Edition {
        if (number < 1) {
            throw new IllegalArgumentException("The number of an edition is not above 0.");
        }
    }
}
