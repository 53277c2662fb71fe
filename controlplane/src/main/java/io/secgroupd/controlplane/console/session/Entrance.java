package io.secgroupd.controlplane.console.session;

/** What has come of a code. */
public sealed interface Entrance {

    /** A session has begun. */
    record Entered(Session session) implements Entrance {}

    /**
     * No session has begun.
     *
     * @param why a clause for the log
     */
    record Refused(String why) implements Entrance {}
}
