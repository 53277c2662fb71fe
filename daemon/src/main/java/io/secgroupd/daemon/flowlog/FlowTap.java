package io.secgroupd.daemon.flowlog;

/** Is given the decisions that the flow log writes, as JSON lines, by the writer's thread: it must not wait. */
public interface FlowTap {

    /** Nobody listens. */
    FlowTap NONE = new FlowTap() {
        @Override
        public boolean isOpen() {
            return false;
        }

        @Override
        public void lines(byte[] lines) {}
    };

    /** Reports whether anybody listens at the moment: while nobody does, no lines are made for it. */
    boolean isOpen();

    /** Whole lines, each with its line end. The array is not written to again. */
    void lines(byte[] lines);
}
