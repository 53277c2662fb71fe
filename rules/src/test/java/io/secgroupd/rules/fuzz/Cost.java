package io.secgroupd.rules.fuzz;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** What the reading of an input may take: memory in proportion to its length, and an end. */
public final class Cost {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** A thousand times what the longest inputs take. */
    private static final long LONGEST_NANOS = 20_000_000_000L;

    private static final int TIMES = 4;

    private Cost() {}

    /**
     * Does the work that reads an input. What takes too much is done again, since the first times may have loaded classes.
     *
     * @param length of the input, in bytes
     * @param base   the bytes that this thread may allocate for the shortest input
     * @param each   the bytes that it may allocate more for each byte of the input
     * @throws AssertionError when it takes more of that, or some seconds of the processor
     */
    public static void bounded(int length, long base, long each, Runnable work) {
        long most = base + each * length;
        long allocated = 0;
        for (int time = 0; time < TIMES; time++) {
            allocated = THREADS.getCurrentThreadAllocatedBytes();
            if (isWithin(most, work)) {
                return;
            }
        }
        long taken = THREADS.getCurrentThreadAllocatedBytes() - allocated;
        Claim.that(false, length + " bytes of input took " + taken + " bytes of memory, or too long");
    }

    private static boolean isWithin(long most, Runnable work) {
        long allocated = THREADS.getCurrentThreadAllocatedBytes();
        long time = THREADS.getCurrentThreadCpuTime();
        work.run();
        return THREADS.getCurrentThreadCpuTime() - time <= LONGEST_NANOS
                && THREADS.getCurrentThreadAllocatedBytes() - allocated <= most;
    }
}
