package io.secgroupd.daemon.doctor;

import io.secgroupd.daemon.terms.Backend;
import java.util.List;
import java.util.Optional;

/**
 * What was found when the daemon and its hooks were asked.
 *
 * @param answer      how the admin socket answered
 * @param refused     why the daemon has not taken the rules file as it is now
 * @param hooksSeen   whether this user may see the hooks
 * @param standing    the backend in whose tables they are
 * @param differences what differs from how they should be
 */
record DaemonFacts(
        SocketAnswer answer,
        Optional<String> refused,
        boolean hooksSeen,
        Optional<Backend> standing,
        List<String> differences) {

    /** How the admin socket answered. */
    enum SocketAnswer {
        WELL,
        /** Nobody listens, or there is no socket. */
        NOT_RUNNING,
        /** This user may not ask. */
        FORBIDDEN
    }
}
