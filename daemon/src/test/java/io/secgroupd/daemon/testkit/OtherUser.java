package io.secgroupd.daemon.testkit;

import com.sun.jna.LastErrorException;
import com.sun.jna.Native;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Another user of this host, without any capability. To whomever a socket was connected by their thread, they are the one who
 * did it; the socket may be used by any thread afterwards.
 */
public final class OtherUser {

    /** The numbers of setgroups, setresgid and setresuid: the functions of these names in libc are for all threads of a process. */
    private static final Map<String, long[]> CALLS =
            Map.of("amd64", new long[] {116, 119, 117}, "aarch64", new long[] {159, 149, 147});

    static {
        Native.register(OtherUser.class, "c");
    }

    private final int uid;
    private final int gid;

    /** @param gid of the only group */
    public OtherUser(int uid, int gid) {
        this.uid = uid;
        this.gid = gid;
    }

    /** A command line, for a shell, that runs as this user what follows it. */
    public String command() {
        return "setpriv --reuid " + uid + " --regid " + gid + " --clear-groups ";
    }

    /** Runs code as this user. */
    public <T> T call(Callable<T> code) {
        FutureTask<T> task = new FutureTask<>(() -> {
            become();
            return code.call();
        });
        Thread thread = new Thread(task, "user " + uid);
        thread.setDaemon(true);
        thread.start();
        try {
            return task.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("as user " + uid + ": " + e.getCause(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while code ran as user " + uid, e);
        }
    }

    private void become() {
        long[] numbers = CALLS.get(System.getProperty("os.arch"));
        if (numbers == null) {
            throw new IllegalStateException("the numbers of the system calls of this machine are not known here");
        }
        syscall(numbers[0], 0, 0, 0);
        syscall(numbers[1], gid, gid, gid);
        syscall(numbers[2], uid, uid, uid);
    }

    private static native long syscall(long number, long first, long second, long third) throws LastErrorException;
}
