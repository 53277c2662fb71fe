package io.secgroupd.daemon.flowlog;

import com.sun.jna.Native;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the kernel's scheduler that a thread may wait: who judges packets goes before who writes them down. */
final class Background {

    private static final Logger LOG = LoggerFactory.getLogger(Background.class);

    /** A tenth of the weight of other threads (sched(7)): enough to keep up, and one that wakes up goes before it. */
    static final int WRITER = 10;
    /** The least there is. */
    static final int COMPRESSION = 19;

    private static final int PRIO_PROCESS = 0;
    private static final int CALLING_THREAD = 0;

    static {
        Native.register(Background.class, "c");
    }

    private Background() {}

    private static native int setpriority(int which, int who, int nice);

    /** Makes the calling thread nice. Where that is not permitted, it goes on as it is. */
    static void yieldToOthers(int nice) {
        // On Linux it is the thread that has the nice value, not the process as POSIX says: setpriority(2).
        if (setpriority(PRIO_PROCESS, CALLING_THREAD, nice) != 0) {
            LOG.debug("flowlog.priority of {} refused: errno {}", nice, Native.getLastError());
        }
    }
}
