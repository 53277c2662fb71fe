package io.secgroupd.daemon.flowlog;

/** Receives the decisions that the flow log writes, as JSON lines, on the writer's thread, so it must not wait. */
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

    /** Reports whether anybody listens at the moment. While nobody does, no lines are made for the tap. */
    boolean isOpen();

    /** Whole lines, each with its line end. The array is not written to again. */
    void lines(byte[] lines);
}
