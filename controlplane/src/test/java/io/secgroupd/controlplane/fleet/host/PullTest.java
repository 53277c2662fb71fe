package io.secgroupd.controlplane.fleet.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.secgroupd.controlplane.fleet.feed.HostReport;
import io.secgroupd.controlplane.fleet.feed.HostReport.Result;
import io.secgroupd.controlplane.fleet.feed.Manifest;
import io.secgroupd.controlplane.fleet.feed.ManifestPiece;
import io.secgroupd.controlplane.fleet.feed.Pointer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PullTest {

    private static final String INCLUDING = "version: 1\ninclude: [rules.d/*.yaml]\n";
    private static final String ONE = "version: 1\n# one\n";

    @TempDir
    private Path directory;

    private FakeServer server;
    private FleetHost host;

    @BeforeEach
    void setUp() throws IOException {
        server = new FakeServer();
        host = new FleetHost(directory, server.token.text());
    }

    @AfterEach
    void tearDown() {
        host.close();
        server.close();
    }

    private HostReport follow(long serial, Map<String, String> files) throws Exception {
        server.publish(serial, files);
        return server.report(serial);
    }

    @Test
    void aRevisionComesIntoForceOverANewConnection() throws Exception {
        host.start(server);
        HostReport report = follow(1, Map.of("rules.yaml", INCLUDING, "rules.d/one.yaml", ONE));
        assertThat(report.result()).isEqualTo(Result.IN_FORCE);
        assertThat(report.policy()).isEqualTo(host.hash()).isEqualTo(host.daemon.inForce());
        assertThat(host.files())
                .containsEntry("rules.yaml", INCLUDING)
                .containsEntry("rules.d/one.yaml", ONE)
                .containsEntry("rules.yaml.before-fleet", FleetHost.FIRST);
        assertThat(host.daemon.calls()).containsExactly("try", "hold", "confirm");
        assertThat(server.pollersNow().stream().distinct()).hasSizeGreaterThan(1);
    }

    @Test
    void addressesAreReportedWhereTheSettingsSaySo() throws Exception {
        PullSettings silent = host.settings(List.of(server.address()), List.of());
        host.start(
                new PullSettings(
                        silent.servers(),
                        silent.host(),
                        silent.tokenFile(),
                        Optional.empty(),
                        silent.trust(),
                        silent.ca(),
                        silent.rules(),
                        silent.socket(),
                        true),
                step -> {});

        assertThat(server.addresses.poll(30, TimeUnit.SECONDS)).isEqualTo(OwnAddresses.read());
    }

    @Test
    void filesThatAreNamedNoMoreAreRemovedAndOthersStay() throws Exception {
        host.edit("local.txt", "mine");
        host.start(server);
        follow(1, Map.of("rules.yaml", INCLUDING, "rules.d/one.yaml", ONE));
        HostReport report = follow(2, Map.of("rules.yaml", INCLUDING, "rules.d/two.yaml", ONE + "# two\n"));
        assertThat(report.result()).isEqualTo(Result.IN_FORCE);
        assertThat(host.files().keySet())
                .containsExactly("local.txt", "rules.d/two.yaml", "rules.yaml", "rules.yaml.before-fleet");
    }

    @Test
    void modesStayAndNewFilesHaveThatOfTheFirst() throws Exception {
        Files.setPosixFilePermissions(host.rules, PosixFilePermissions.fromString("rw-r-----"));
        host.start(server);
        follow(1, Map.of("rules.yaml", INCLUDING, "rules.d/one.yaml", ONE));
        for (String name : List.of("rules.yaml", "rules.d/one.yaml")) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(host.etc.resolve(name))))
                    .isEqualTo("rw-r-----");
        }
    }

    @Test
    void anEditByHandIsKeptBeside() throws Exception {
        host.start(server);
        follow(1, Map.of("rules.yaml", ONE));
        host.edit("rules.yaml", ONE + "# by hand\n");
        follow(2, Map.of("rules.yaml", ONE + "# two\n"));
        assertThat(host.files())
                .containsEntry("rules.yaml", ONE + "# two\n")
                .containsEntry("rules.yaml.before-fleet", ONE + "# by hand\n");
    }

    @Test
    void whatIsKeptOfASecretFileStaysSecret() throws Exception {
        host.edit("list.txt", "10.0.0.0/8\n");
        Files.setPosixFilePermissions(host.etc.resolve("list.txt"), PosixFilePermissions.fromString("rw-------"));
        host.start(server);
        follow(1, Map.of("rules.yaml", ONE, "list.txt", "192.0.2.0/24\n"));
        assertThat(host.files()).containsEntry("list.txt.before-fleet", "10.0.0.0/8\n");
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(host.etc.resolve("list.txt.before-fleet"))))
                .isEqualTo("rw-------");
    }

    @Test
    void anEditDuringTheTrialIsKeptToo() throws Exception {
        host.start(server);
        follow(1, Map.of("rules.yaml", ONE));
        host.daemon.whileOnTrial(() -> edited(ONE + "# meanwhile\n"), () -> {});
        assertThat(follow(2, Map.of("rules.yaml", ONE + "# two\n")).result()).isEqualTo(Result.IN_FORCE);
        assertThat(host.files())
                .containsEntry("rules.yaml", ONE + "# two\n")
                .containsEntry("rules.yaml.before-fleet", ONE + "# meanwhile\n");
    }

    private void edited(String text) {
        try {
            host.edit("rules.yaml", text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void onlyPiecesThatAreNotHereAreFetched() throws Exception {
        String list = IntStream.range(0, 5_000)
                .mapToObj(i -> "10." + i / 250 + "." + i % 250 + ".0/24")
                .reduce("", (all, line) -> all + line + "\n");
        String rules = "version: 1\nprefix_lists: {pl-a: {file: list.txt}}\n";
        host.start(server);
        follow(1, Map.of("rules.yaml", rules, "list.txt", list));
        server.fetched.clear();
        Manifest second = server.publish(2, Map.of("rules.yaml", rules, "list.txt", list + "192.0.2.0/24\n"));
        assertThat(server.report(2).result()).isEqualTo(Result.IN_FORCE);
        List<String> last = second.files().values().stream()
                .flatMap(file -> file.pieces().stream().skip(file.pieces().size() - 1L))
                .map(ManifestPiece::sha256)
                .toList();
        assertThat(server.fetched).contains(second.hash()).hasSize(2).containsAnyElementsOf(last);
    }

    @Test
    void aPolicyWithAProblemIsRefusedWithItsPlaceAndNotTriedAgain() throws Exception {
        host.start(server);
        HostReport report = follow(1, Map.of("rules.yaml", "version: 1\nnonsense: 2\n"));
        assertThat(report.result()).isEqualTo(Result.REFUSED);
        assertThat(report.problem()).contains("rules.yaml:2:1: ").contains("nonsense");
        assertThat(host.daemon.calls()).isEmpty();
        assertThat(host.files()).containsExactly(Map.entry("rules.yaml", FleetHost.FIRST));
        assertThat(follow(2, Map.of("rules.yaml", ONE)).result()).isEqualTo(Result.IN_FORCE);
        assertThat(host.remembered()).doesNotContain("refused");
    }

    @Test
    void whatTheDaemonRefusesIsRefusedAlsoAfterARestart() throws Exception {
        host.daemon.refuseFrom("A session of root would be shut out.");
        host.start(server);
        HostReport report = follow(1, Map.of("rules.yaml", ONE));
        assertThat(report.result()).isEqualTo(Result.REFUSED);
        assertThat(report.problem()).isEqualTo("A session of root would be shut out.");
        host.daemon.takeAll();
        host.start(server);
        assertThat(server.report(1)).isEqualTo(report);
        server.publish(2, Map.of("rules.yaml", ONE + "# two\n"));
        assertThat(server.report(2).result()).isEqualTo(Result.IN_FORCE);
        assertThat(host.daemon.calls()).containsExactly("try", "try", "hold", "confirm");
    }

    @Test
    void aHostThatLosesTheServerReturnsByItself() throws Exception {
        host.daemon.whileOnTrial(() -> server.isDeaf = true, () -> server.isDeaf = false);
        host.start(server);
        HostReport report = follow(1, Map.of("rules.yaml", ONE));
        assertThat(report.result()).isEqualTo(Result.TAKEN_BACK);
        assertThat(report.problem()).isEqualTo("The control server cannot be reached under the new rules.");
        assertThat(host.daemon.calls()).containsExactly("try", "roll back");
        assertThat(host.files()).containsExactly(Map.entry("rules.yaml", FleetHost.FIRST));
        assertThat(host.hash()).isEqualTo(host.daemon.inForce());
    }

    @Test
    void aSerialNeverGoesBack() throws Exception {
        host.start(server);
        follow(5, Map.of("rules.yaml", ONE));
        server.publish(4, Map.of("rules.yaml", ONE + "# older\n"));
        awaitPolls();
        assertThat(host.files()).containsEntry("rules.yaml", ONE);
        host.start(server);
        awaitPolls();
        assertThat(host.files()).containsEntry("rules.yaml", ONE);
        server.publish(5, Map.of("rules.yaml", ONE + "# another\n"));
        await().untilAsserted(() -> assertThat(server.reports)
                .anySatisfy(
                        report -> assertThat(report.problem()).isEqualTo("Another manifest had this serial before.")));
        assertThat(host.files()).containsEntry("rules.yaml", ONE);
    }

    private void awaitPolls() {
        int before = server.pollers.size();
        await().until(() -> server.pollers.size() > before + 2);
    }

    @Test
    void theNextServerIsAskedWhenOneDoesNotAnswer() throws Exception {
        URI nobody = URI.create("http://127.0.0.1:1");
        host.start(host.settings(List.of(nobody, server.address()), List.of()), step -> {});
        assertThat(follow(1, Map.of("rules.yaml", ONE)).result()).isEqualTo(Result.IN_FORCE);
    }

    @Test
    void aServerThatSendsOtherBytesIsNotBelieved() throws Exception {
        Manifest manifest = server.keep(1, Map.of("rules.yaml", ONE));
        server.pieces.put(manifest.hash(), "{}".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        host.start(server);
        server.point(new Pointer(1, 0, manifest.hash(), Optional.empty(), "a"));
        await().until(() -> server.fetched.size() > 2);
        assertThat(host.daemon.calls()).isEmpty();
        server.pieces.put(manifest.hash(), manifest.bytes());
        assertThat(server.report(1).result()).isEqualTo(Result.IN_FORCE);
        assertThat(server.fault().fault()).isEqualTo("sent other bytes than those of the hash " + manifest.hash());
    }

    @Test
    void aManifestOfAnotherSerialIsRefused() throws Exception {
        Manifest manifest = server.keep(3, Map.of("rules.yaml", ONE));
        host.start(server);
        server.point(new Pointer(9, 0, manifest.hash(), Optional.empty(), "a"));
        assertThat(server.report(9).problem()).isEqualTo("The manifest is that of the serial 3.");
    }

    @Test
    void filesOfOtherPurposesAreNotOverwritten() throws Exception {
        host.start(server);
        long serial = 0;
        for (String name : List.of("pull.yaml", "daemon.yaml", ".hidden", "a/.b/c", "x.before-fleet", "token")) {
            HostReport report = follow(++serial, Map.of("rules.yaml", ONE, name, ONE));
            assertThat(report.result()).as(name).isEqualTo(name.equals("token") ? Result.IN_FORCE : Result.REFUSED);
        }
        assertThat(Files.readString(directory.resolve("token"))).startsWith("sgh1.");
    }

    @Test
    void theRefusedPacketsOfTheFirstMinuteAreToldAfterIt() throws Exception {
        host.start(server);
        server.publish(1, Map.of("rules.yaml", ONE));
        HostReport first = server.report(1);
        host.daemon.refusePackets(7);
        HostReport second = server.report(1);
        assertThat(first.refusedAfter()).isEmpty();
        assertThat(second.refusedAfter()).hasValue(7);
        assertThat(second.after(0)).isEqualTo(first.after(0));
    }

    @Test
    void aDaemonThatDoesNotAnswerIsWaitedFor() throws Exception {
        host.daemon.setGone(true);
        host.start(server);
        server.publish(1, Map.of("rules.yaml", ONE));
        host.daemon.setGone(false);
        assertThat(server.report(1).result()).isEqualTo(Result.IN_FORCE);
    }

    @Test
    void aTrialOfAnOperatorIsWaitedFor() throws Exception {
        host.start(server);
        host.daemon.operatorTries("x");
        server.publish(1, Map.of("rules.yaml", ONE));
        awaitPolls();
        assertThat(host.daemon.state().trial()).contains("x");
        assertThat(host.daemon.calls()).doesNotContain("try");
        host.daemon.operatorEnds();
        assertThat(server.report(1).result()).isEqualTo(Result.IN_FORCE);
    }

    @Test
    void aPolicyThatIsInForceAlreadyIsNotTried() throws Exception {
        host.start(server);
        HostReport report = follow(3, Map.of("rules.yaml", FleetHost.FIRST));
        assertThat(report.result()).isEqualTo(Result.IN_FORCE);
        assertThat(host.daemon.calls()).isEmpty();
        assertThat(host.files()).containsExactly(Map.entry("rules.yaml", FleetHost.FIRST));
    }

    @Test
    void whatIsInForceIsToldAgainAfterARestart() throws Exception {
        host.start(server);
        HostReport report = follow(1, Map.of("rules.yaml", ONE));
        host.start(server);
        HostReport again = server.report(1);
        assertThat(again.result()).isEqualTo(Result.IN_FORCE);
        assertThat(again.policy()).isEqualTo(report.policy());
        assertThat(host.daemon.calls()).containsExactly("try", "hold", "confirm");
    }

    @Test
    void filesThatCannotBeWrittenAreToldAndTriedAgain() throws Exception {
        host.edit("rules.d", "no directory");
        host.start(server);
        HostReport report = follow(1, Map.of("rules.yaml", INCLUDING, "rules.d/one.yaml", ONE));
        assertThat(report.result()).isEqualTo(Result.REFUSED);
        assertThat(report.problem()).contains("cannot be written").endsWith(".");
        assertThat(host.daemon.calls()).isEmpty();
        Files.delete(host.etc.resolve("rules.d"));
        assertThat(server.report(1).result()).isEqualTo(Result.IN_FORCE);
    }

    @Test
    void aFileOfThisHostThatAnIncludeWouldFindIsTold() throws Exception {
        host.edit("rules.d/local.yaml", ONE);
        host.start(server);
        HostReport report = follow(1, Map.of("rules.yaml", INCLUDING, "rules.d/one.yaml", ONE));
        assertThat(report.problem()).contains("rules.d/local.yaml too, which is a file of this host alone");
        assertThat(host.daemon.calls()).isEmpty();
        Files.delete(host.etc.resolve("rules.d/local.yaml"));
        assertThat(server.report(1).result()).isEqualTo(Result.IN_FORCE);
    }

    @Test
    void whatTheDaemonDoesNotConfirmIsTakenBack() throws Exception {
        host.start(server);
        follow(1, Map.of("rules.yaml", INCLUDING, "rules.d/one.yaml", ONE));
        Map<String, String> before = host.files();
        host.daemon.whileOnTrial(host.daemon::doNotConfirm, () -> {});
        HostReport report = follow(2, Map.of("rules.yaml", INCLUDING + "# 2\n", "rules.d/two.yaml", ONE + "# 2\n"));
        assertThat(report.result()).isEqualTo(Result.TAKEN_BACK);
        assertThat(report.problem()).isEqualTo("This is not confirmed.");
        assertThat(host.files()).isEqualTo(before);
        assertThat(host.hash()).isEqualTo(host.daemon.inForce());
        assertThat(host.remembered()).contains("refused").doesNotContain("journal");
    }

    @Test
    void aRefusalIsToldAfterARestartBesideWhatIsInForce() throws Exception {
        host.start(server);
        follow(1, Map.of("rules.yaml", ONE));
        follow(2, Map.of("rules.yaml", "nonsense"));
        host.close();
        server.reports.clear();
        host.start(server);
        assertThat(server.report().result()).isEqualTo(Result.IN_FORCE);
        assertThat(server.report().result()).isEqualTo(Result.REFUSED);
    }

    @Test
    void aReportThatIsNotTakenKeepsNoRevisionAway() throws Exception {
        server.reportStatus = 500;
        host.start(server);
        for (int serial = 1; serial <= 2; serial++) {
            String rules = ONE + "# " + serial + "\n";
            server.publish(serial, Map.of("rules.yaml", rules));
            await().untilAsserted(() -> assertThat(host.files()).containsEntry("rules.yaml", rules));
        }
        server.reportStatus = 200;
        assertThat(server.report().serial()).isEqualTo(1);
        assertThat(server.report(2).result()).isEqualTo(Result.IN_FORCE);
    }

    @Test
    void theEndDoesNotWaitForALongPoll() throws Exception {
        host.start(server);
        follow(1, Map.of("rules.yaml", ONE));
        host.close();
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .doesNotContain("pull");
    }
}
