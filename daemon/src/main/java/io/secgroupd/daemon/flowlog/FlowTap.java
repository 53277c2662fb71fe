package io.secgroupd.daemon.flowlog;

/**
 * Receives the decisions that the flow log writes, as JSON lines. It runs on the writer's thread, so it must not wait.
 */
public interface FlowTap {

    /** A tap without listeners. */
    FlowTap NONE = new FlowTap() {
        @Override
        public boolean isOpen() {
            return false;
        }

        @Override
        public void lines(byte[] lines) {}
    };

    /** Reports whether anybody listens now. While nobody does, no lines are made for the tap. */
    boolean isOpen();

    /** Accepts whole lines, each with its line end. The array is not written to again. */
    void lines(byte[] lines);

    /** Reports whether anybody listens now to whom {@link BriefLines} are enough. */
    default boolean isBriefOpen() {
        return false;
    }

    /** Accepts lines of {@link BriefLines}, in the same way. */
    default void briefLines(byte[] lines) {}
}
