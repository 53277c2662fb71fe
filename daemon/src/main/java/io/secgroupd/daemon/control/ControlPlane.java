package io.secgroupd.daemon.control;

import io.secgroupd.rules.model.Problem;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the files of a policy on a thread of its own: whenever they change, the new policy is handed over; while they
 * are in error, the old one stays in force.
 */
public final class ControlPlane implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ControlPlane.class);

    private final PolicyLoader loader;
    private final Consumer<LoadedPolicy> putInForce;
    private final FileWatcher watcher;
    private final Thread thread;
    private String hashInForce;
    private @Nullable Refusal refusal;
    private long failures;

    /**
     * @param first      the policy that is in force when this starts
     * @param putInForce takes every later policy; it is called on the control plane's thread
     */
    public ControlPlane(PolicyLoader loader, LoadedPolicy first, Consumer<LoadedPolicy> putInForce) throws IOException {
        this.loader = loader;
        this.putInForce = putInForce;
        this.hashInForce = first.hash();
        this.watcher = new FileWatcher();
        watcher.follow(first.files());
        this.thread = new Thread(this::follow, "control-plane");
        thread.setDaemon(true);
    }

    /** Begins with one look at the files: they may have changed since the first policy was read. */
    public void start() {
        thread.start();
    }

    private void follow() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                // Marked before reading, so that a change in between is seen. A new include means new files to mark.
                do {
                    watcher.mark();
                } while (watcher.follow(reload()));
                watcher.awaitChange();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // close() ends the thread
        }
    }

    /**
     * Files that are not in force.
     *
     * @param since    when the first of them was refused
     * @param problems with their places; empty when it is not the files' fault
     */
    public record Refusal(Instant since, String why, List<Problem> problems) {}

    /** Why the files as they are now are not in force; empty when they are. */
    public synchronized Optional<Refusal> refusal() {
        return Optional.ofNullable(refusal);
    }

    /** Times that files were refused. */
    public synchronized long failures() {
        return failures;
    }

    /** Reads the files now, without waiting for a change, and says why they are not in force, if so. */
    public synchronized Optional<Refusal> reloadNow() {
        reload();
        return Optional.ofNullable(refusal);
    }

    /** Returns the files to follow from now on. */
    private synchronized List<Path> reload() {
        try {
            LoadedPolicy loaded = loader.load();
            accept(loaded);
            return loaded.files();
        } catch (RefusedPolicyException e) {
            refuse(String.valueOf(e.getMessage()), e.problems());
            return e.files();
        } catch (NotCarriedException e) {
            refuse(String.valueOf(e.getMessage()), List.of());
        } catch (RuntimeException e) {
            LOG.error("policy.failed", e);
            refuse("internal error: " + e, List.of());
        }
        return watcher.files();
    }

    private void accept(LoadedPolicy loaded) {
        if (!loaded.hash().equals(hashInForce)) {
            putInForce.accept(loaded);
            hashInForce = loaded.hash();
        } else if (refusal != null) {
            LOG.info(
                    "policy.unchanged file={} hash={}: the file is again what is in force",
                    rules(),
                    loaded.shortHash());
        }
        refusal = null;
    }

    private void refuse(String why, List<Problem> problems) {
        Refusal before = refusal;
        refusal = new Refusal(before == null ? Instant.now() : before.since(), why, List.copyOf(problems));
        if (refusal.equals(before)) {
            return; // asked for twice: by the change of the file, and by an operator
        }
        failures++;
        problems.stream().filter(Problem::isError).forEach(problem -> LOG.error("policy.problem {}", problem));
        LOG.error("policy.refused file={}: {}; the old policy stays in force", rules(), why);
    }

    /** The file that is followed. */
    public Path rules() {
        return loader.rules();
    }

    @Override
    public void close() throws IOException {
        thread.interrupt();
        watcher.close();
    }
}
