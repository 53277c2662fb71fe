package io.secgroupd.controlplane.fleet.host;

import io.secgroupd.rules.file.PolicyFiles;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** The judging daemon of this host, as far as a revision needs it. Each call throws when the daemon cannot be asked. */
public interface HostDaemon {

    /**
     * How the daemon stands.
     *
     * @param inForce the hash of the policy in force; during a trial it may be that of either policy
     * @param trial   the hash of the policy on trial
     * @param refused packets that were refused since the daemon's start
     * @param start   tells one start of the daemon from another
     */
    record DaemonState(String inForce, Optional<String> trial, long refused, String start) {}

    /**
     * What the daemon says to a request.
     *
     * @param done     whether it was done
     * @param sentence why not, in one or more sentences
     */
    record DaemonAnswer(boolean done, String sentence) {}

    /** How the daemon stands now. */
    DaemonState state() throws IOException;

    /**
     * Puts a policy on trial.
     *
     * @param candidate all of its files, by the places that they will have; the first is the one that the daemon follows
     * @param hash      of the policy
     * @param time      after which the daemon returns to what it had, unless the trial is confirmed
     */
    DaemonAnswer tryOut(PolicyFiles candidate, String hash, Duration time) throws IOException;

    /** Keeps a trial from ending by time while its files are being written. */
    DaemonAnswer hold(String hash) throws IOException;

    /** Ends a trial: the policy stays in force. The files say the same by now. */
    DaemonAnswer confirm(String hash) throws IOException;

    /** Ends a trial by what was in force before. A trial of somebody else is not ended. */
    DaemonAnswer rollBack(String hash) throws IOException;
}
