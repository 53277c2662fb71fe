package io.secgroupd.daemon.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.secgroupd.daemon.terms.RulesRights;
import io.secgroupd.daemon.testkit.Selectors;
import io.secgroupd.rules.file.PolicyFiles;
import io.secgroupd.rules.file.UnfinishedFiles;
import io.secgroupd.rules.net.IpAddress;
import io.secgroupd.rules.pipeline.SoundPolicy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that still say what was judged a moment ago are not understood again, and anything else about them is. */
class PolicyLoaderTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    @SuppressWarnings("NullAway.Init")
    private Path rules;

    @SuppressWarnings("NullAway.Init")
    private PolicyLoader loader;

    @BeforeEach
    void writeRules() throws IOException {
        rules = Files.writeString(directory.resolve("rules.yaml"), policy("web"));
        loader = new PolicyLoader(rules, Selectors.of(IpAddress.ipv4(0x0a000001))).with(RulesRights.REFUSE);
    }

    @Test
    void filesThatHaveNotChangedGiveTheSamePolicy() throws Exception {
        SoundPolicy first = loader.read();
        assertThat(loader.read()).isSameAs(first);
        Files.writeString(rules, policy("other"));
        assertThat(loader.read().hash()).isNotEqualTo(first.hash());
    }

    @Test
    void whatWasJudgedBeforeItWasWrittenIsGivenWhenItIsWritten() throws Exception {
        loader.read();
        HostPolicy judged = loader.load(Map.of(rules, policy("other").getBytes(StandardCharsets.UTF_8)));
        assertThat(loader.read().hash()).as("it is not written yet").isNotEqualTo(judged.hash());
        loader.load(Map.of(rules, policy("other").getBytes(StandardCharsets.UTF_8)));
        Files.writeString(rules, policy("other"));
        assertThat(loader.read().hash()).isEqualTo(judged.hash());
        assertThat(loader.read()).isSameAs(loader.read());
    }

    @Test
    void theSameBytesAreRefusedOnceOthersMayWriteThem() throws Exception {
        loader.read();
        Files.setPosixFilePermissions(rules, PosixFilePermissions.fromString("rw-rw-rw-"));
        assertThatThrownBy(loader::read).isInstanceOf(RefusedPolicyException.class);
    }

    @Test
    void aFileThatAGlobFindsNowCounts() throws Exception {
        Files.createDirectory(directory.resolve("more"));
        Files.writeString(rules, "include: [more/*.yaml]\n" + policy("web"));
        SoundPolicy before = loader.read();
        Files.writeString(directory.resolve("more/one.yaml"), "security_groups: { sg-more: {} }\n");
        assertThat(loader.read().compiled().policy().securityGroups())
                .hasSize(1 + before.compiled().policy().securityGroups().size());
    }

    /** Some may be of another revision than the others. A whole revision that is given can be judged all the same. */
    @Test
    void filesThatAreBeingWrittenAreNotFollowedUntilTheMarkIsGone() throws Exception {
        Path mark = Files.createFile(UnfinishedFiles.mark(rules));
        byte[] other = policy("other").getBytes(StandardCharsets.UTF_8);

        assertThatThrownBy(loader::read)
                .isInstanceOfSatisfying(
                        RefusedPolicyException.class,
                        refused -> assertThat(refused.files()).containsExactly(rules, mark))
                .extracting(
                        refused -> ((RefusedPolicyException) refused).problems().toString())
                .asString()
                .contains(mark + ":1:1: ", "systemctl start secgroupd-pull", "remove this mark");
        assertThatThrownBy(() -> loader.load(Map.of(rules, other))).isInstanceOf(RefusedPolicyException.class);
        assertThat(loader.load(new PolicyFiles(rules, Map.of(rules, other))).hash())
                .isNotEmpty();
        Files.delete(mark);
        assertThat(loader.read().hash()).isNotEmpty();
    }

    private static String policy(String name) {
        return """
                version: 1
                security_groups:
                  sg-web: { name: %s, inbound: [{ protocol: tcp, ports: 80, source: any }] }
                instances:
                  web: { addresses: [10.0.0.1], security_groups: [sg-web] }
                """.formatted(name);
    }
}
