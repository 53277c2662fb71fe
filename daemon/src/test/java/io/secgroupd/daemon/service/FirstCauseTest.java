package io.secgroupd.daemon.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class FirstCauseTest {

    /** A class that cannot be prepared. */
    private static final class Unprepared {
        static final int NEVER = fail();

        private static int fail() {
            throw new UnsatisfiedLinkError("no space left on device");
        }
    }

    @Test
    void aPlainFaultSaysItsMessage() {
        assertThat(FirstCause.of(new IOException("queue 4700 is owned by process 7")))
                .isEqualTo("queue 4700 is owned by process 7");
        assertThat(FirstCause.of(new IOException((String) null))).isEqualTo("java.io.IOException");
    }

    @Test
    void aClassThatCouldNotBePreparedSaysWhyWhereverItIsUsed() {
        Throwable once = catchThrowable(() -> assertThat(Unprepared.NEVER).isZero());
        Throwable again = catchThrowable(() -> assertThat(Unprepared.NEVER).isZero());

        assertThat(FirstCause.of(once)).contains("no space left on device");
        assertThat(again).isInstanceOf(NoClassDefFoundError.class);
        assertThat(FirstCause.of(again)).contains("UnsatisfiedLinkError: no space left on device");
    }
}
