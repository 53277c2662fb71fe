package io.secgroupd.daemon.cli;

import io.secgroupd.daemon.cli.common.ExitCode;
import java.lang.Thread.UncaughtExceptionHandler;

/**
 * Ends the process when a thread of it met the end of the heap: half a daemon would answer for some queues and drop the
 * packets of others. The JVM's own option for that would also end what has an answer, the reading of a policy.
 */
final class EndOnOutOfMemory implements UncaughtExceptionHandler {

    @Override
    public void uncaughtException(Thread thread, Throwable fault) {
        fault.printStackTrace(); // as the JVM does without a handler
        if (fault instanceof OutOfMemoryError) {
            System.err.println("secgroupd: the heap is full; raise SECGROUPD_HEAP");
            Runtime.getRuntime().halt(ExitCode.FAILED);
        }
    }
}
