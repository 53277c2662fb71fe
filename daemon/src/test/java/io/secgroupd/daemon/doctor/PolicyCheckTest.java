package io.secgroupd.daemon.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.daemon.settings.SettingsReader;
import io.secgroupd.daemon.testkit.Selectors;
import io.secgroupd.rules.net.IpAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whether the daemon could start with the files of this host, before anybody restarts it. */
class PolicyCheckTest {

    private static final String SOUND = """
            version: 1
            security_groups:
              sg-web: { inbound: [{ protocol: tcp, ports: 443, source: any }] }
            instances:
              web-1: { addresses: [10.0.0.1], security_groups: [sg-web] }
            """;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @SuppressWarnings("NullAway.Init")
    private Path rules;

    @BeforeEach
    void name() {
        rules = directory.resolve("rules.yaml");
    }

    @Test
    void aSoundFileIsToldWithWhatThisHostIs() throws IOException {
        assertThat(found(SOUND))
                .returns(Level.OK, Finding::level)
                .satisfies(finding -> assertThat(finding.what()).endsWith("web-1"));
    }

    @Test
    void aWarningIsNoReasonNotToStart() throws IOException {
        assertThat(found(SOUND.replace("443", "22")))
                .returns(Level.NOTE, Finding::level)
                .satisfies(finding -> assertThat(finding.next()).startsWith("secgroupd check"));
    }

    @Test
    void theFirstErrorIsToldWithItsPlace() throws IOException {
        assertThat(found(SOUND.replace("tcp", "tpc")))
                .returns(Level.PROBLEM, Finding::level)
                .satisfies(finding -> assertThat(finding.what()).contains(rules + ":3:"));
    }

    @Test
    void aFileForOtherHostsIsAProblemHere() throws IOException {
        assertThat(found(SOUND.replace("10.0.0.1", "10.0.0.2"))).returns(Level.PROBLEM, Finding::level);
    }

    @Test
    void withoutAFileTheDaemonDoesNotStart() {
        assertThat(reading()).returns(Level.PROBLEM, Finding::level).returns("rules", Finding::topic);
    }

    @Test
    void aFileThatEverybodyMayWriteIsAProblemThoughItIsSound() throws IOException {
        Files.writeString(rules, SOUND);
        Files.setPosixFilePermissions(rules, PosixFilePermissions.fromString("rw-rw-rw-"));

        assertThat(PolicyCheck.rules(rules, Selectors.of(IpAddress.ipv4(0x0a000001))))
                .anyMatch(finding ->
                        finding.level() == Level.PROBLEM && finding.what().startsWith(rules.toString()));
    }

    @Test
    void withoutSettingsTheDefaultsAreInForce() {
        assertThat(settings()).returns(Level.OK, Finding::level);
    }

    @Test
    void soundSettingsAreSo() throws IOException {
        Files.writeString(directory.resolve("daemon.yaml"), "mode: observe\n");

        assertThat(settings()).returns(Level.OK, Finding::level);
    }

    @Test
    void settingsWithErrorsAreToldWithTheFirst() throws IOException {
        Files.writeString(directory.resolve("daemon.yaml"), "mode: enforced\nqueues: 3\n");

        assertThat(settings())
                .returns(Level.PROBLEM, Finding::level)
                .satisfies(finding -> assertThat(finding.what()).contains("daemon.yaml:1:"));
    }

    private Finding found(String text) throws IOException {
        Files.writeString(rules, text);
        return reading();
    }

    private Finding reading() {
        return PolicyCheck.rules(rules, Selectors.of(IpAddress.ipv4(0x0a000001)))
                .get(0);
    }

    private Finding settings() {
        Path file = directory.resolve("daemon.yaml");
        return PolicyCheck.settings(file, SettingsReader.readIfPresent(file).problems())
                .get(0);
    }
}
