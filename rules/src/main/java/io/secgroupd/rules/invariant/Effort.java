package io.secgroupd.rules.invariant;

/** Counts the steps that the invariants of a policy take, so that no file keeps a changed policy from coming into force. */
final class Effort {

    private final long most;
    private long spent;

    Effort(long most) {
        this.most = most;
    }

    /** Counts steps, and ends the search when there are too many. */
    void spend(long steps) {
        spent += steps;
        if (spent > most) {
            throw new SpentException();
        }
    }

    /** The invariants together take too many steps. */
    static final class SpentException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        SpentException() {
            super(null, null, false, false);
        }
    }
}
