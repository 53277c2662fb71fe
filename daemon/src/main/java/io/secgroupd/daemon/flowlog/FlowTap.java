package io.secgroupd.daemon.flowlog;

/** Is given what the flow log writes, by the writer's thread: it must not wait. */
@FunctionalInterface
public interface FlowTap {

    /** Nobody listens. */
    FlowTap NONE = lines -> {};

    /** Whole lines, each with its line end. The array is not written to again. */
    void lines(byte[] lines);
}
