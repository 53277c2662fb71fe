package io.secgroupd.daemon.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.secgroupd.daemon.testkit.Selectors;
import io.secgroupd.rules.decide.Decision;
import io.secgroupd.rules.file.PolicyText;
import io.secgroupd.rules.net.FlowTuple;
import io.secgroupd.rules.net.Hook;
import io.secgroupd.rules.net.IpAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real files, edited in every way that editors and deployment tools have. */
class ControlPlaneTest {

    private static final IpAddress WEB = IpAddress.ipv4(0x0a000001);
    private static final IpAddress CLIENT = IpAddress.ipv4(0xc6336407);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    private final BlockingQueue<HostPolicy> inForce = new LinkedBlockingQueue<>();
    private final BlockingQueue<HostPolicy> written = new LinkedBlockingQueue<>();

    @SuppressWarnings("NullAway.Init")
    private Path rules;

    @SuppressWarnings("NullAway.Init")
    private ControlPlane controlPlane;

    @BeforeEach
    void startWithPort80() throws Exception {
        rules = Files.writeString(directory.resolve("rules.yaml"), allowing(80));
        var loader = new PolicyLoader(rules, Selectors.of(WEB));
        controlPlane = new ControlPlane(
                loader, loader.load(), next -> inForce.add(next.policy()), written::add, readdressed -> {});
        controlPlane.start();
    }

    @AfterEach
    void stop() throws IOException {
        controlPlane.close();
    }

    @Test
    void followsARename() throws Exception {
        Files.move(Files.writeString(directory.resolve("new"), allowing(81)), rules, StandardCopyOption.ATOMIC_MOVE);

        assertAllowed(nextPolicy(), 81);
    }

    @Test
    void followsAWrite() throws Exception {
        Files.writeString(rules, allowing(81));

        assertAllowed(nextPolicy(), 81);
    }

    @Test
    void followsAnIncludedFileFromTheMomentItIsNamed() throws Exception {
        Path included = Files.writeString(directory.resolve("more.yaml"), "security_groups: { sg-spare: {} }\n");
        Files.writeString(rules, allowing(80) + "include: [more.yaml]\n");
        assertAllowed(nextPolicy(), 80);

        Files.writeString(included, "security_groups: { sg-other: {} }\n");

        assertThat(nextPolicy().compiled().policy().securityGroups()).containsKey("sg-other");
    }

    @Test
    void keepsTheOldPolicyWhileTheFileIsBrokenOrGone() throws Exception {
        Files.writeString(rules, allowing(81) + "oops: 1\n");
        Files.delete(rules);
        Files.createDirectory(rules);
        Files.delete(rules);

        Files.writeString(rules, allowing(82));

        // Nothing came of the broken states: the next policy is the mended one.
        assertAllowed(nextPolicy(), 82);
        assertThat(inForce).isEmpty();
    }

    @Test
    void doesNotPutTheSameContentInForceAgain() throws Exception {
        Files.writeString(rules, allowing(80));
        Files.setLastModifiedTime(rules, FileTime.fromMillis(1));
        Files.writeString(rules, allowing(81));

        assertAllowed(nextPolicy(), 81);
        assertThat(inForce).isEmpty();
    }

    @Test
    void listThatBecameEmptyKeepsTheOldPolicy() throws Exception {
        Path list = Files.writeString(directory.resolve("office.txt"), "192.0.2.0/24\n");
        Files.writeString(rules, allowing(81) + "prefix_lists: { pl-a: { file: office.txt } }\n");
        assertAllowed(nextPolicy(), 81);

        Files.writeString(list, "# fetched at 04:00\n");
        assertThat(controlPlane.reloadNow())
                .hasValueSatisfying(refusal -> assertThat(refusal.problems())
                        .anyMatch(problem -> problem.isError() && problem.path().equals("prefix_lists.pl-a")));
        var candidate = new PolicyText("candidate.yaml", Files.readAllBytes(rules), rules);
        assertThatThrownBy(() -> controlPlane.read(candidate)).isInstanceOf(RefusedPolicyException.class);

        Files.writeString(rules, allowing(82) + "prefix_lists: { pl-a: { file: office.txt, allow_empty: true } }\n");
        assertAllowed(nextPolicy(), 82);
        assertThat(inForce).isEmpty();
    }

    private HostPolicy nextPolicy() throws InterruptedException {
        return Objects.requireNonNull(inForce.poll(30, TimeUnit.SECONDS), "no policy within 30 s");
    }

    private static void assertAllowed(HostPolicy loaded, int port) {
        Decision decision = loaded.filter().judge(Hook.INPUT, FlowTuple.ofPorts(CLIENT, WEB, 6, port));
        assertThat(decision.accepted()).as("port %d", port).isTrue();
    }

    private static String allowing(int port) {
        return """
                version: 1
                security_groups:
                  sg-web: { inbound: [{ protocol: tcp, ports: %d, source: any }] }
                instances:
                  web: { addresses: [10.0.0.1], security_groups: [sg-web] }
                """.formatted(port);
    }
}
