package io.secgroupd.daemon.doctor;

import com.sun.jna.Native;
import java.util.Optional;

/** Asks the kernel by adjtimex(2) whether its clock is kept synchronised. */
final class KernelClock {

    private static final int TIME_ERROR = 5;

    /** Larger than {@code struct timex} on any machine; all zeros change nothing. */
    private static final int STRUCT_TIMEX = 512;

    private KernelClock() {}

    /** Loaded only on use, because native code may be missing. */
    private static final class ClockCalls {
        static {
            Native.register(ClockCalls.class, "c");
        }

        private ClockCalls() {}

        static native int adjtimex(byte[] timex);
    }

    /** Empty when the kernel does not answer. */
    static Optional<Boolean> synchronised() {
        try {
            int state = ClockCalls.adjtimex(new byte[STRUCT_TIMEX]);
            return state < 0 ? Optional.empty() : Optional.of(state != TIME_ERROR);
        } catch (LinkageError e) {
            return Optional.empty();
        }
    }

    static Finding finding(Optional<Boolean> synchronised) {
        if (synchronised.isEmpty()) {
            return Finding.note("clock", "cannot tell whether the clock is synchronised", "timedatectl");
        }
        return synchronised.get()
                ? Finding.ok("clock", "synchronised by a time service")
                : Finding.warning(
                        "clock",
                        "nothing synchronises the clock: the times in the flow log drift away from those of other"
                                + " hosts (verdicts do not depend on it)",
                        "run systemd-timesyncd or chrony: timedatectl set-ntp true");
    }
}
