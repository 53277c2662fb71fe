package io.secgroupd.daemon.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.secgroupd.daemon.control.Attempts;
import io.secgroupd.daemon.control.HostPolicy;
import io.secgroupd.daemon.control.LastGood;
import io.secgroupd.daemon.control.LastGoodKeeper;
import io.secgroupd.daemon.control.PolicyLoader;
import io.secgroupd.daemon.testkit.Selectors;
import io.secgroupd.rules.net.IpAddress;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With what a daemon starts, whatever has become of the rules file while it was down. */
class PolicyAtStartTest {

    private static final String LISTED = """
            version: 1
            prefix_lists:
              pl-office: { entries: [192.0.2.0/24] }
            security_groups:
              sg-web: { inbound: [{ protocol: tcp, ports: 22, source: pl-office }] }
            instances:
              web: { addresses: [10.0.0.1], security_groups: [sg-web] }
            """;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @SuppressWarnings("NullAway.Init")
    private Path rules;

    @SuppressWarnings("NullAway.Init")
    private Path state;

    private final StringWriter err = new StringWriter();

    @BeforeEach
    void write() throws IOException {
        state = directory.resolve("state");
        rules = Files.writeString(directory.resolve("rules.yaml"), ServiceFixture.allowing(80));
    }

    @Test
    void aSoundFileIsWhatTheHostStartsWith() {
        assertThat(load().files()).contains(rules);
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void aDamagedFileGivesWayToTheCopyOfWhatWasInForce() throws Exception {
        HostPolicy before = runOnce();
        Files.writeString(rules, "version: [");

        assertThat(load().hash()).isEqualTo(before.hash());
    }

    @Test
    void aMissingFileGivesWayToTheCopyToo() throws Exception {
        HostPolicy before = runOnce();
        Files.delete(rules);

        assertThat(load().hash()).isEqualTo(before.hash());
    }

    @Test
    void withoutACopyEveryErrorIsPrintedWithItsPlace() throws Exception {
        Files.writeString(rules, ServiceFixture.allowing(70_000).replace("any", "nonsense"));

        assertThat(refused().policyRefused()).isTrue();
        assertThat(err.toString().lines()).hasSize(2).allMatch(line -> line.startsWith(rules + ":3:"));
    }

    @Test
    void withoutAFileOrACopyItIsNotTheFileThatHasErrors() throws Exception {
        Files.delete(rules);

        assertThat(refused().policyRefused()).isFalse();
    }

    @Test
    void aCopyThatSomebodyEditedIsNotTrusted() throws Exception {
        runOnce();
        Path copy = new LastGood(state).of(rules).orElseThrow().rules();
        Files.writeString(copy, ServiceFixture.allowing(22));
        Files.writeString(rules, "version: [");

        assertThat(refused().policyRefused()).isTrue();
    }

    @Test
    void aCopyOfAnotherFileIsNoCopyOfThisOne() throws Exception {
        runOnce();
        Path other = Files.writeString(directory.resolve("other.yaml"), "version: [");

        assertThat(refused(other).policyRefused()).isTrue();
    }

    @Test
    void aSoundFileForOtherHostsIsNotPassedOverForAnOldCopy() throws Exception {
        runOnce();
        Files.writeString(rules, ServiceFixture.allowing(80).replace("10.0.0.1", "10.0.0.9"));

        assertThat(refused().policyRefused()).isFalse();
    }

    /** A download that failed while the daemon was down must not lock everybody out. */
    @Test
    void aListThatWasEmptiedWhileTheDaemonWasDownGivesWayToTheCopy() throws Exception {
        Files.writeString(rules, LISTED);
        HostPolicy before = runOnce();
        Files.writeString(rules, LISTED.replace("192.0.2.0/24", ""));

        assertThat(load().hash()).isEqualTo(before.hash());
    }

    private HostPolicy runOnce() {
        HostPolicy loaded = load();
        new LastGoodKeeper(new LastGood(state), rules).keep(loaded);
        return loaded;
    }

    private HostPolicy load() {
        return start(rules).load(rules, new PrintWriter(err, true));
    }

    private StartException refused() {
        return refused(rules);
    }

    private StartException refused(Path file) {
        return catchThrowableOfType(StartException.class, () -> start(file).load(file, new PrintWriter(err, true)));
    }

    private PolicyAtStart start(Path file) {
        var lastGood = new LastGood(state);
        var loader = new PolicyLoader(file, Selectors.of(IpAddress.ipv4(0x0a000001)));
        return new PolicyAtStart(loader, lastGood, new Attempts(state, lastGood));
    }
}
