package io.secgroupd.daemon.cli.service;

/** A daemon that has come up, in whichever mode. */
public interface Service {

    /** Answers on the admin socket from now on: packets are judged already. */
    void serveAdmin();

    /** Reads the files now, as for {@code secgroupd reload}, on a thread that does so anyway: nothing waits for it. */
    void reload();

    /** Waits until a fault ends the daemon, and returns the exit code. Without one it waits for ever. */
    int awaitEnd() throws InterruptedException;

    /** Closes everything; false when it was a fault that ended the daemon. */
    boolean close();
}
