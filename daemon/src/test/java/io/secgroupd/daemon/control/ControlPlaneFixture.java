package io.secgroupd.daemon.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.daemon.testkit.Selectors;
import io.secgroupd.rules.net.FlowTuple;
import io.secgroupd.rules.net.Hook;
import io.secgroupd.rules.net.IpAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A control plane over a real rules file that allows port 80, and the policies that it has put in force since. */
abstract class ControlPlaneFixture {

    private static final IpAddress WEB = IpAddress.ipv4(0x0a000001);
    private static final IpAddress CLIENT = IpAddress.ipv4(0xc6336407);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    final BlockingQueue<HostPolicy> inForce = new LinkedBlockingQueue<>();
    final BlockingQueue<HostPolicy> written = new LinkedBlockingQueue<>();

    @SuppressWarnings("NullAway.Init")
    Path rules;

    @SuppressWarnings("NullAway.Init")
    ControlPlane controlPlane;

    @SuppressWarnings("NullAway.Init")
    private HostPolicy last;

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

    /** Waits for one that was not asked for yet. */
    HostPolicy nextPolicy() throws InterruptedException {
        last = Objects.requireNonNull(inForce.poll(30, TimeUnit.SECONDS), "no policy within 30 s");
        return last;
    }

    /** Does not wait. */
    HostPolicy lastPolicy() {
        for (HostPolicy next = inForce.poll(); next != null; next = inForce.poll()) {
            last = next;
        }
        return last;
    }

    static void assertAllowed(HostPolicy loaded, int port) {
        assertThat(allows(loaded, port)).as("port %d", port).isTrue();
    }

    static boolean allows(HostPolicy loaded, int port) {
        return loaded.filter()
                .judge(Hook.INPUT, FlowTuple.ofPorts(CLIENT, WEB, 6, port))
                .accepted();
    }

    static String allowing(int port) {
        return """
                version: 1
                security_groups:
                  sg-web: { inbound: [{ protocol: tcp, ports: %d, source: any }] }
                instances:
                  web: { addresses: [10.0.0.1], security_groups: [sg-web] }
                """.formatted(port);
    }
}
