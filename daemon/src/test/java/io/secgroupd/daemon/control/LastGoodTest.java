package io.secgroupd.daemon.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.secgroupd.daemon.testkit.Selectors;
import io.secgroupd.rules.net.IpAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LastGoodTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @SuppressWarnings("NullAway.Init")
    private Path rules;

    @SuppressWarnings("NullAway.Init")
    private Path state;

    @SuppressWarnings("NullAway.Init")
    private LastGood lastGood;

    @BeforeEach
    void write() throws IOException {
        Path etc = Files.createDirectories(directory.resolve("etc/rules.d"));
        rules = directory.resolve("etc/rules.yaml");
        state = directory.resolve("state");
        lastGood = new LastGood(state);
        Files.writeString(rules, "version: 1\ninclude: [rules.d/*.yaml]\n");
        Files.writeString(etc.resolve("a.yaml"), """
                prefix_lists: { pl-x: { file: x.txt } }
                security_groups:
                  sg-web: { inbound: [{ protocol: tcp, ports: 80, source: pl-x }] }
                """);
        Files.writeString(
                etc.resolve("b.yaml"), "instances: { web: { addresses: [10.0.0.1], security_groups: [sg-web] } }\n");
        Files.writeString(etc.resolve("x.txt"), "192.0.2.0/24\n");
    }

    @Test
    void copyIsTheWholePolicyWhateverBecomesOfTheOriginals() throws Exception {
        HostPolicy before = load(rules);
        lastGood.store(rules, before);
        Files.delete(directory.resolve("etc/rules.d/a.yaml"));
        Files.writeString(rules, "oops");

        LastGood.Copy copy = lastGood.of(rules).orElseThrow();

        assertThat(copy.hash()).isEqualTo(before.hash());
        assertThat(load(copy.rules()).hash()).isEqualTo(before.hash());
    }

    @Test
    void laterPolicyTakesThePlaceOfTheEarlier() throws Exception {
        lastGood.store(rules, load(rules));
        Files.writeString(directory.resolve("etc/rules.d/x.txt"), "198.51.100.0/24\n");
        HostPolicy later = load(rules);
        lastGood.store(rules, later);

        assertThat(load(lastGood.of(rules).orElseThrow().rules()).hash()).isEqualTo(later.hash());
        try (var copies = Files.list(state.resolve("policies"))) {
            assertThat(copies).containsExactly(state.resolve("policies").resolve(later.hash()));
        }
    }

    /** Else a start from a damaged file would find a copy that is not what was in force, and nothing else. */
    @Test
    void fileThatIsEditedBeforeItIsCopiedLeavesTheEarlierCopy() throws Exception {
        HostPolicy before = load(rules);
        lastGood.store(rules, before);
        Files.writeString(directory.resolve("etc/rules.d/x.txt"), "198.51.100.0/24\n");
        HostPolicy later = load(rules);
        var edited = new LastGood(state, new StateFiles() {
            @Override
            public void makeDirectoryOf(Path file) throws IOException {
                Files.writeString(directory.resolve("etc/rules.d/x.txt"), "oops\n");
                StateFiles.super.makeDirectoryOf(file);
            }
        });

        assertThatThrownBy(() -> edited.store(rules, later)).hasMessageContaining("edited before it was copied");

        assertThat(load(lastGood.of(rules).orElseThrow().rules()).hash()).isEqualTo(before.hash());
    }

    @Test
    void copyOfAnotherRulesFileIsNone() throws Exception {
        lastGood.store(rules, load(rules));

        assertThat(lastGood.of(directory.resolve("etc/other.yaml"))).isEmpty();
        assertThat(new LastGood(directory.resolve("nowhere")).of(rules)).isEmpty();
    }

    @Test
    void damagedPointerIsNone() throws Exception {
        lastGood.store(rules, load(rules));
        Files.write(state.resolve("last-good"), new byte[] {(byte) 0xff, 0, 10});

        assertThat(lastGood.of(rules)).isEmpty();
    }

    private static HostPolicy load(Path rules) throws Exception {
        return new PolicyLoader(rules, Selectors.of(IpAddress.ipv4(0x0a000001))).load();
    }
}
