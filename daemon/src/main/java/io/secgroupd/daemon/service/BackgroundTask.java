package io.secgroupd.daemon.service;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Runs slow work that a start needs later in a thread of its own. */
final class BackgroundTask<T> {

    private final FutureTask<T> task;

    private BackgroundTask(FutureTask<T> task) {
        this.task = task;
    }

    /** Starts the work. The thread is a child of the calling one, and so in the same network namespace. */
    static <T> BackgroundTask<T> begin(String name, Callable<T> work) {
        var task = new FutureTask<>(work);
        var thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
        return new BackgroundTask<>(task);
    }

    /** Waits for the result. Throws what the work threw. */
    T get() throws Exception {
        try {
            return task.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }
}
