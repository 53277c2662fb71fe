package io.secgroupd.controlplane.fleet.rollout;

import java.time.Instant;
import java.util.OptionalLong;

/**
 * What is known of a host.
 *
 * @param inForce        the serial of the revision that it has in force; 0 when none is known
 * @param edition        of that revision
 * @param refused        the serial of the revision that it refused last; 0 for none
 * @param refusedEdition which edition of it that was
 * @param problem        why it refused that
 * @param takenBack      whether it had tried that one, and returned to the one before
 * @param refusedBefore  the packets that it refused in the minute before the revision came into force
 * @param refusedAfter   the packets that it refused in the first minute of the revision
 * @param changed        when it said so of the revision in force, or of the one that it refused
 * @param joined         when it connected last
 * @param seen           when it was heard of last
 * @param connected      whether it waits for the next revision
 * @param server         the control server that it speaks to
 * @param program        the version of its program
 */
public record HostState(
        String host,
        long inForce,
        long edition,
        long refused,
        long refusedEdition,
        String problem,
        boolean takenBack,
        OptionalLong refusedBefore,
        OptionalLong refusedAfter,
        Instant changed,
        Instant joined,
        Instant seen,
        boolean connected,
        String server,
        String program) {

    /** A host of which nothing is known but its name. */
    public static HostState unknown(String host) {
        return new HostState(
                host,
                0,
                0,
                0,
                0,
                "",
                false,
                OptionalLong.empty(),
                OptionalLong.empty(),
                Instant.EPOCH,
                Instant.EPOCH,
                Instant.EPOCH,
                false,
                "",
                "");
    }

    /** Whether it has a revision in force, or a newer one. */
    public boolean has(long serial) {
        return inForce >= serial;
    }

    /** Whether it has an edition of a revision in force, or a newer one. */
    public boolean has(long serial, long number) {
        return inForce > serial || (inForce == serial && edition >= number);
    }

    /**
     * Whether it has the revision in force, and said that it will not have it in the edition of this number: then it is the
     * addresses registered since that do harm there, and not the revision.
     */
    public boolean hasRefusedEdition(long number) {
        return refused == inForce && refusedEdition == number && edition < number;
    }

    /** Whether it has said that it will not have a revision. */
    public boolean hasRefused(long serial) {
        return refused == serial && !has(serial);
    }
}
