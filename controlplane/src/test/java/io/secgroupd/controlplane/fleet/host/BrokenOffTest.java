package io.secgroupd.controlplane.fleet.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.secgroupd.controlplane.fleet.feed.HostReport.Result;
import io.secgroupd.controlplane.fleet.feed.Manifest;
import io.secgroupd.controlplane.fleet.feed.ManifestFile;
import io.secgroupd.controlplane.fleet.feed.Pointer;
import io.secgroupd.rules.file.UnfinishedFiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The program ends at each step of a revision, as it does when it is killed there, and is started again. */
class BrokenOffTest {

    private static final Map<String, String> BEFORE =
            Map.of("rules.yaml", "version: 1\ninclude: [rules.d/*.yaml]\n", "rules.d/one.yaml", "version: 1\n# 1\n");
    private static final Map<String, String> AFTER = Map.of(
            "rules.yaml", "version: 1\ninclude: [rules.d/*.yaml]\n# 2\n", "rules.d/two.yaml", "version: 1\n# 2\n");

    @TempDir
    private Path directory;

    private FakeServer server;
    private FleetHost host;
    private final List<String> steps = new ArrayList<>();

    /** Ends the thread without any clean-up of ours: it runs no further line of the hand-over. */
    private static final class Killed extends ThreadDeath {
        private static final long serialVersionUID = 1L;
    }

    @BeforeEach
    void setUp() throws Exception {
        server = new FakeServer();
        host = new FleetHost(directory, server.token.text());
        host.start(server);
        server.publish(1, BEFORE);
        assertThat(server.report().result()).isEqualTo(Result.IN_FORCE);
        host.close();
        server.reports.clear();
    }

    @AfterEach
    void tearDown() {
        host.close();
        server.close();
    }

    private void killBefore(String step) throws Exception {
        var killed = new CountDownLatch(1);
        host.start(host.settings(List.of(server.address()), List.of()), each -> {
            synchronized (steps) {
                steps.add(each);
            }
            if (each.equals(step)) {
                killed.countDown();
                throw new Killed();
            }
        });
        server.publish(2, AFTER);
        assertThat(killed.await(30, TimeUnit.SECONDS)).isTrue();
        host.close();
    }

    private void assertInForce() throws Exception {
        host.start(server);
        assertThat(server.report(2).result()).isEqualTo(Result.IN_FORCE);
        Map<String, String> files = host.files();
        assertThat(files).containsAllEntriesOf(AFTER).doesNotContainKey("rules.d/one.yaml");
        assertThat(host.daemon.inForce()).isEqualTo(host.hash());
        await().dontCatchUncaughtExceptions()
                .untilAsserted(() -> assertThat(host.remembered()).doesNotContain("journal", "journal.new", "refused"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "try",
                "prove",
                "hold",
                "journal",
                "mark",
                "write two.yaml",
                "write rules.yaml",
                "remove one.yaml",
                "unmark",
                "confirm",
                "follow",
                "end"
            })
    void aRevisionIsInForceAfterTheNextStart(String step) throws Exception {
        killBefore(step);
        assertThat(steps).contains(step);
        assertInForce();
    }

    /** Between the end and the next start the trial is over, and then the files must be those of before at first. */
    @ParameterizedTest
    @CsvSource({"hold", "journal", "mark", "write two.yaml", "write rules.yaml", "remove one.yaml", "unmark", "confirm"
    })
    void aTrialMayEndMeanwhile(String step) throws Exception {
        killBefore(step);
        host.daemon.endTrial();
        host.daemon.refuseFrom("Not now.");
        server.reports.clear();
        host.start(server);
        assertThat(server.report(2).result()).isEqualTo(Result.REFUSED);
        assertThat(host.files()).containsAllEntriesOf(BEFORE).doesNotContainKey("rules.d/two.yaml");
        assertThat(host.daemon.inForce()).isEqualTo(host.hash());
        assertThat(host.remembered()).doesNotContain("journal", "journal.new");
    }

    @ParameterizedTest
    @ValueSource(strings = {"write two.yaml", "write rules.yaml", "remove one.yaml", "unmark"})
    void filesOfTwoRevisionsAreMarkedUntilTheNextStart(String step) throws Exception {
        killBefore(step);
        assertThat(UnfinishedFiles.mark(host.rules)).exists();
        assertInForce();
        assertThat(UnfinishedFiles.mark(host.rules)).doesNotExist();
    }

    @Test
    void anEditSinceThenIsKept() throws Exception {
        killBefore("write rules.yaml");
        host.edit("rules.yaml", "version: 1\n# by hand\n");
        assertInForce();
        assertThat(host.files()).containsEntry("rules.yaml.meanwhile.before-fleet", "version: 1\n# by hand\n");
    }

    /** Whoever removes a journal has looked at the files. */
    @Test
    void aMarkWithoutAJournalIsRemoved() throws Exception {
        host.edit(".rules.yaml.unfinished", "");
        host.start(server);
        await().untilAsserted(() -> assertThat(UnfinishedFiles.mark(host.rules)).doesNotExist());
    }

    /** A daemon that is restarted while the files are new already reads them, and has them in force. */
    @Test
    void theDaemonMayHaveReadTheFilesMeanwhile() throws Exception {
        killBefore("confirm");
        host.daemon.restartOn(host.hash());
        host.start(server);
        assertThat(server.report(2).result()).isEqualTo(Result.IN_FORCE);
        assertThat(host.files()).containsAllEntriesOf(AFTER).doesNotContainKey("rules.d/one.yaml");
    }

    @Test
    void aFetchThatWasBrokenOffGoesOnWhereItWas() throws Exception {
        String list = IntStream.range(0, 40_000)
                .mapToObj(i -> "10." + i / 256 + "." + i % 256 + ".0/24\n")
                .collect(Collectors.joining());
        Map<String, String> large =
                Map.of("list.txt", list, "rules.yaml", "version: 1\nprefix_lists: {pl-a: {file: list.txt}}\n");
        Manifest manifest = server.keep(2, large);
        String first = piece(manifest, "list.txt");
        String last = piece(manifest, "rules.yaml");
        byte[] missing = server.pieces.remove(last);
        server.fetched.clear();
        host.start(server);
        server.point(new Pointer(2, 0, manifest.hash(), Optional.empty(), "2"));
        await().dontCatchUncaughtExceptions().until(() -> server.fetched.contains(last));
        host.close();
        server.pieces.put(last, missing);
        host.start(server);
        assertThat(server.report(2).result()).isEqualTo(Result.IN_FORCE);
        assertThat(server.fetched.stream().filter(first::equals)).hasSize(1);
        assertThat(host.files()).containsAllEntriesOf(large);
    }

    private static String piece(Manifest manifest, String name) {
        ManifestFile file = Objects.requireNonNull(manifest.files().get(name));
        return file.pieces().get(0).sha256();
    }
}
