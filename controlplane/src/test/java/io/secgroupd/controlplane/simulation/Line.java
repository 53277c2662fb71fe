package io.secgroupd.controlplane.simulation;

import java.io.IOException;
import java.util.SplittableRandom;

/** A connection that may be cut, and that loses an answer now and then: what was asked for was done all the same. */
final class Line {

    private static final int ANSWERS_PER_LOSS = 300;

    private final SplittableRandom random;
    private boolean cut;
    private boolean safe;

    Line(SplittableRandom random) {
        this.random = random;
    }

    void setCut(boolean now) {
        cut = now;
    }

    /** From now on nothing is lost any more. */
    void mend() {
        cut = false;
        safe = true;
    }

    boolean isCut() {
        return cut;
    }

    void require() throws IOException {
        if (cut) {
            throw new IOException("The store cannot be reached.");
        }
    }

    /** The answer to a question comes, or is lost. */
    void read() throws IOException {
        require();
        if (isLost()) {
            throw new IOException("The store has not answered.");
        }
    }

    private boolean isLost() {
        return !safe && random.nextInt(ANSWERS_PER_LOSS) == 0;
    }

    void answer() throws IOException {
        if (isLost()) {
            throw new IOException("The store has not answered; whether it has written is not known.");
        }
    }
}
