package io.secgroupd.daemon.doctor;

import io.secgroupd.daemon.terms.Backend;
import java.util.List;
import java.util.Optional;

/**
 * What was found when the daemon and its hooks were asked.
 *
 * @param answer      how the admin socket answered
 * @param refused     the reason why the daemon has not taken the current rules file
 * @param hooksSeen   whether this user may see the hooks
 * @param standing    the backend in whose tables the hooks are
 * @param differences the differences between the hooks and what they should be
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
        /** There is no socket, or no process listens on it. */
        NOT_RUNNING,
        /** This user has no permission to ask. */
        FORBIDDEN
    }
}
