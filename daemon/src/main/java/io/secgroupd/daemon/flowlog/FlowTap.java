package io.secgroupd.daemon.flowlog;

/** Is given what the flow log writes, by the writer's thread: it must not wait. */
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

    /** Whether anybody listens at the moment. */
    boolean isOpen();

    /** Whole lines, each with its line end. The array is not written to again. */
    void lines(byte[] lines);
}
