package io.secgroupd.controlplane.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.secgroupd.controlplane.store.PutResult.Stored;
import io.secgroupd.controlplane.store.PutResult.Superseded;
import io.secgroupd.rules.file.PolicyFiles;
import io.secgroupd.rules.file.PolicyReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What holds for every store, wherever it keeps the policy. */
public abstract class PolicyStoreContract {

    protected static final Instant NOW = Instant.parse("2026-11-28T12:00:00Z");
    protected static final Origin ORIGIN = new Origin("terraform", "AuthorizeSecurityGroupIngress", NOW.plusSeconds(1));
    protected static final String EMPTY = "version: 1\n";

    private static final int WRITERS = 8;
    private static final int PUTS = 8;

    private final BlockingQueue<Revision> seen = new LinkedBlockingQueue<>();
    private final List<PolicyStore> opened = new ArrayList<>();
    private PolicyStore store;

    /** Keeps the first files of a policy, in a place where nothing was kept yet. */
    protected abstract void keepFirst(Map<String, String> files) throws IOException;

    /** One more store of that place, as another control server has it. */
    protected abstract PolicyStore openStore() throws IOException;

    /** Where a store says that a file is, which has this name beside the control-plane file. */
    protected abstract Path path(String name);

    private PolicyStore open() throws IOException {
        PolicyStore another = openStore();
        opened.add(another);
        return another;
    }

    @BeforeEach
    void openFirst() throws IOException {
        keepFirst(Map.of(
                "rules.yaml",
                EMPTY + "include: [rules.d/*.yaml]\nprefix_lists: {pl-a: {file: list.txt}}\n",
                "rules.d/one.yaml",
                EMPTY,
                "list.txt",
                "192.0.2.1\n"));
        store = open();
    }

    @AfterEach
    void closeAll() throws IOException {
        for (PolicyStore each : opened) {
            each.close();
        }
    }

    protected static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private String text(Revision revision, String name) {
        return new String(revision.files().content(path(name)).orElseThrow(), StandardCharsets.UTF_8);
    }

    private PutResult put(PolicyStore into, Revision base, String name, String text) throws IOException {
        return into.put(base, Map.of(path(name), bytes(text)), ORIGIN);
    }

    private Revision stored(PolicyStore into, String text) throws IOException {
        return ((Stored) put(into, into.current(), "rules.d/one.yaml", text)).revision();
    }

    private Revision next() throws InterruptedException {
        return Objects.requireNonNull(seen.poll(30, TimeUnit.SECONDS), "no revision was announced");
    }

    @Test
    void firstRevisionIsWhatWasKept() throws IOException {
        Revision first = store.current();
        assertThat(first.serial()).isEqualTo(1);
        assertThat(first.read().errors()).isEmpty();
        assertThat(first.files().contents())
                .containsOnlyKeys(path("rules.yaml"), path("rules.d/one.yaml"), path("list.txt"));
        assertThat(text(first, "list.txt")).isEqualTo("192.0.2.1\n");
        assertThat(store.current()).isSameAs(first);
    }

    @Test
    void putMakesARevisionThatAllStoresHave() throws IOException {
        PolicyStore other = open();
        other.current();
        Revision stored = stored(store, EMPTY + "# more\n");
        assertThat(stored.serial()).isEqualTo(2);
        assertThat(stored.origin()).isEqualTo(ORIGIN);
        assertThat(store.current()).isSameAs(stored);
        for (PolicyStore another : List.of(other, open())) {
            assertThat(another.current().serial()).isEqualTo(2);
            assertThat(another.current().origin()).isEqualTo(ORIGIN);
            assertThat(another.current().hash()).isEqualTo(stored.hash());
            assertThat(text(another.current(), "rules.d/one.yaml")).isEqualTo(EMPTY + "# more\n");
        }
    }

    @Test
    void historyTellsWhoWhenAndWhy() throws IOException {
        Revision stored = stored(store, EMPTY + "# more\n");
        assertThat(store.history(9)).extracting(HistoryEntry::serial).containsExactly(2L, 1L);
        assertThat(store.history(0)).isEmpty();
        HistoryEntry newest = store.history(1).get(0);
        assertThat(newest.origin()).isEqualTo(ORIGIN);
        assertThat(newest.hash()).isEqualTo(stored.hash());
        assertThat(newest.files()).containsOnlyKeys(stored.files().contents().keySet());
        assertThat(open().history(1)).containsExactly(newest);
    }

    @Test
    void putOnAnOlderRevisionChangesNothing() throws IOException {
        Revision first = store.current();
        stored(open(), EMPTY + "# two\n");
        assertThat(put(store, first, "rules.d/one.yaml", EMPTY + "# three\n"))
                .isInstanceOfSatisfying(
                        Superseded.class,
                        superseded -> assertThat(superseded.newest().serial()).isEqualTo(2));
        assertThat(text(store.current(), "rules.d/one.yaml")).isEqualTo(EMPTY + "# two\n");
    }

    @Test
    void putOfWhatStandsThereIsNoRevision() throws IOException {
        Revision first = store.current();
        assertThat(put(store, first, "rules.d/one.yaml", EMPTY)).isEqualTo(new Stored(first));
        assertThat(store.put(first, Map.of(), ORIGIN)).isEqualTo(new Stored(first));
        assertThat(store.history(9)).hasSize(1);
    }

    @Test
    void severalFilesChangeTogether() throws IOException {
        Map<Path, byte[]> changed =
                Map.of(path("rules.d/one.yaml"), bytes(EMPTY + "# 1\n"), path("list.txt"), bytes("192.0.2.2\n"));
        Revision stored = ((Stored) store.put(store.current(), changed, ORIGIN)).revision();
        assertThat(stored.serial()).isEqualTo(2);
        Revision read = open().current();
        assertThat(text(read, "rules.d/one.yaml")).isEqualTo(EMPTY + "# 1\n");
        assertThat(text(read, "list.txt")).isEqualTo("192.0.2.2\n");
    }

    private PolicyFiles files(Map<String, String> texts) {
        var files = new TreeMap<Path, byte[]>();
        texts.forEach((name, text) -> files.put(path(name), bytes(text)));
        return new PolicyFiles(path("rules.yaml"), files);
    }

    private PutResult replace(Revision base, PolicyFiles files) throws IOException {
        return store.replace(base, files, PolicyReader.read(files), ORIGIN);
    }

    @Test
    void allFilesAreReplacedAndTheFormerOnesAreRemembered() throws IOException {
        Revision first = store.current();
        String names = text(first, "rules.yaml") + "# more\n";
        PolicyFiles others =
                files(Map.of("rules.yaml", names, "rules.d/one.yaml", EMPTY + "# 1\n", "list.txt", "192.0.2.2\n"));

        assertThat(replace(first, others)).isInstanceOf(Stored.class);
        assertThat(open().current().files().holdsSame(others)).isTrue();
        assertThat(store.files(1))
                .hasValueSatisfying(
                        files -> assertThat(files.holdsSame(first.files())).isTrue());
        assertThat(open().files(2))
                .hasValueSatisfying(files -> assertThat(files.holdsSame(others)).isTrue());
        assertThat(store.files(3)).isEmpty();
        assertThat(replace(first, others)).isInstanceOf(Superseded.class);
        assertThat(replace(store.current(), others)).isEqualTo(new Stored(store.current()));
        assertThat(store.history(9)).hasSize(2);
    }

    @Test
    void otherFilesAreNotWritten() throws IOException {
        assertThatThrownBy(() -> put(store, store.current(), "other.yaml", "x"))
                .isInstanceOf(IOException.class)
                .hasMessage(path("other.yaml") + " is not a file of the policy.");
        assertThat(store.current().serial()).isEqualTo(1);
    }

    @Test
    void brokenPolicyIsARevisionAndTheSoundOneBeforeIsFound() throws IOException {
        stored(store, EMPTY + "# good\n");
        stored(store, EMPTY + "security_groups: {a: {inbound: [{tcp: nonsense}]}}\n");
        assertThat(store.current().read().policy()).isEmpty();
        Revision sound = store.newestSound().orElseThrow();
        assertThat(sound.serial()).isEqualTo(2);
        assertThat(sound.origin()).isEqualTo(ORIGIN);
        assertThat(text(sound, "rules.d/one.yaml")).isEqualTo(EMPTY + "# good\n");
        stored(store, EMPTY);
        assertThat(store.newestSound()).contains(store.current());
    }

    @Test
    void oldRevisionsAreForgotten() throws IOException {
        for (int i = 1; i <= 105; i++) {
            stored(store, EMPTY + "# " + i + "\n");
        }
        List<HistoryEntry> all = store.history(1000);
        assertThat(all).hasSize(100);
        assertThat(all.get(0).serial()).isEqualTo(106);
        assertThat(all.get(99).serial()).isEqualTo(7);
    }

    @Test
    void eachRevisionIsAnnouncedWhoeverMadeIt() throws Exception {
        AutoCloseable watching = store.watch(seen::add);
        Revision own = stored(store, EMPTY + "# own\n");
        assertThat(next()).isSameAs(own);
        Revision other = stored(open(), EMPTY + "# of another\n");
        Revision noticed = next();
        assertThat(noticed.serial()).isEqualTo(other.serial());
        assertThat(noticed.origin()).isEqualTo(other.origin());
        assertThat(text(noticed, "rules.d/one.yaml")).isEqualTo(EMPTY + "# of another\n");
        watching.close();
    }

    @Test
    void theNewestIsToldOfAndNamedBeforeItIsRead() throws Exception {
        BlockingQueue<Newest> told = new LinkedBlockingQueue<>();
        AutoCloseable watching = store.watchNewest(() -> told.add(named()));
        Revision made = stored(open(), EMPTY + "# of another\n");
        Newest named = Objects.requireNonNull(told.poll(30, TimeUnit.SECONDS), "nothing was told");
        while (named.serial() < made.serial()) {
            named = Objects.requireNonNull(told.poll(30, TimeUnit.SECONDS), "the newest was not told of");
        }
        assertThat(named).isEqualTo(new Newest(made.serial(), made.hash(), made.origin()));
        assertThat(store.files(made.serial()).orElseThrow().holdsSame(made.files()))
                .isTrue();
        watching.close();
    }

    private Newest named() {
        try {
            return store.newest();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void listenerThatFailsHindersNoOther() throws Exception {
        store.watch(revision -> {
            throw new IllegalStateException("on revision " + revision.serial());
        });
        store.watch(seen::add);
        stored(store, EMPTY + "# one\n");
        assertThat(next().serial()).isEqualTo(2);
        stored(store, EMPTY + "# two\n");
        assertThat(next().serial()).isEqualTo(3);
    }

    @Test
    void whoStopsWatchingIsNotCalled() throws Exception {
        BlockingQueue<Revision> ended = new LinkedBlockingQueue<>();
        store.watch(ended::add).close();
        store.watch(seen::add);
        stored(store, EMPTY + "# one\n");
        assertThat(next().serial()).isEqualTo(2);
        assertThat(ended).isEmpty();
    }

    @Test
    void ofManyWritersNoneLosesALineAndNoneMakesItTwice() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(WRITERS);
        try {
            PolicyStore other = open();
            var all = new ArrayList<Future<Void>>();
            for (int i = 0; i < WRITERS; i++) {
                all.add(threads.submit(writer(i % 2 == 0 ? store : other, "# writer " + i + " line ")));
            }
            for (Future<Void> writer : all) {
                writer.get(60, TimeUnit.SECONDS);
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(store.current().serial()).isEqualTo(1 + WRITERS * PUTS);
        assertThat(text(store.current(), "rules.d/one.yaml").lines())
                .hasSize(1 + WRITERS * PUTS)
                .doesNotHaveDuplicates();
    }

    private Callable<Void> writer(PolicyStore into, String line) {
        return () -> {
            for (int i = 0; i < PUTS; ) {
                Revision base = into.current();
                String text = text(base, "rules.d/one.yaml") + line + i + "\n";
                if (put(into, base, "rules.d/one.yaml", text) instanceof Stored made) {
                    assertThat(made.revision().serial()).isEqualTo(base.serial() + 1);
                    i++;
                }
            }
            return null;
        };
    }
}
