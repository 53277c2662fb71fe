package io.secgroupd.daemon.dataplane;

/** Receives the faults of a loop. The loop's thread calls it. */
public interface LoopListener {

    /** One packet could not be judged, or decisions could not be handed over; the loop goes on. Once per kind of fault. */
    void faulted(RuntimeException first);

    /** The loop has ended by a fault and its queue is closed: new connections are no longer judged. */
    void stopped(Throwable fault);
}
