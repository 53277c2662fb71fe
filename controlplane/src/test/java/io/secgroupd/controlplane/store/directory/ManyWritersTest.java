package io.secgroupd.controlplane.store.directory;

import static io.secgroupd.controlplane.store.directory.PolicyFolder.EMPTY;
import static io.secgroupd.controlplane.store.directory.PolicyFolder.put;
import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.controlplane.store.PutResult.Stored;
import io.secgroupd.controlplane.store.Revision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Eight programs write at the same time, by two stores as two processes have them, and a person edits the same file. A person
 * may overwrite a put, as editors do not compare; a put may overwrite nothing.
 */
class ManyWritersTest {

    private static final int WRITERS = 8;
    private static final int PUTS = 12;
    private static final int EDITS = 10;

    @TempDir
    private Path directory;

    private final Semaphore attempts = new Semaphore(0);
    private final Set<Long> serials = ConcurrentHashMap.newKeySet();

    @Test
    void noEditIsLostAndEachPutStandsOnTheOneBefore() throws Exception {
        var folder = new PolicyFolder(directory);
        List<DirectoryStore> stores = List.of(folder.store(), folder.store());
        ExecutorService threads = Executors.newFixedThreadPool(WRITERS + 1);
        try {
            var all = new ArrayList<Future<?>>();
            for (int i = 0; i < WRITERS; i++) {
                all.add(threads.submit(writer(folder, stores.get(i % 2), "writer " + i)));
            }
            Future<?> person = threads.submit(person(folder.rules));
            for (Future<?> writer : all) {
                writer.get(2, TimeUnit.MINUTES);
            }
            attempts.release(1_000_000); // nobody else writes now, so the person need not wait
            person.get(1, TimeUnit.MINUTES);
        } finally {
            threads.shutdownNow();
        }
        assertAllThere(folder);
    }

    private void assertAllThere(PolicyFolder folder) throws IOException {
        List<String> lines = Files.readAllLines(folder.rules);
        for (int edit = 0; edit < EDITS; edit++) {
            assertThat(lines).contains("# person " + edit);
        }
        assertThat(lines).doesNotHaveDuplicates();
        assertThat(serials).hasSize(WRITERS * PUTS);
        assertThat(folder.names()).containsExactly("rules.yaml");
    }

    /** Adds a line with each put, and looks again whenever it was superseded. */
    private Callable<Void> writer(PolicyFolder folder, DirectoryStore store, String name) {
        return () -> {
            for (int i = 0; i < PUTS; i++) {
                boolean stored = false;
                while (!stored) {
                    Revision base = store.current();
                    stored = base.read().policy().isPresent() && putOn(base, folder, store, name + " " + i);
                    attempts.release();
                }
            }
            return null;
        };
    }

    private boolean putOn(Revision base, PolicyFolder folder, DirectoryStore store, String line) throws IOException {
        String text = PolicyFolder.text(base, folder.rules) + "# " + line + "\n";
        boolean stored = put(store, base, folder.rules, text) instanceof Stored result
                && result.revision().serial() == base.serial() + 1
                && PolicyFolder.text(result.revision(), folder.rules).equals(text)
                && serials.add(result.revision().serial());
        return stored;
    }

    /**
     * Reads the file, adds a line and saves, in the two ways of editors. Between two edits each put that was on its way has
     * ended, as a person is slower than a program: what a put displaced for some microseconds has been put back by then.
     */
    private Callable<Void> person(Path file) {
        return () -> {
            for (int i = 0; i < EDITS; i++) {
                attempts.drainPermits();
                attempts.acquire(WRITERS + 1);
                String text = Files.readString(file) + "# person " + i + "\n";
                if (i % 2 == 0) {
                    PolicyFolder.editByRename(file, text);
                } else {
                    Files.writeString(file, text);
                }
                assertThat(text).startsWith(EMPTY);
            }
            return null;
        };
    }
}
