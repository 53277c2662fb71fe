package io.secgroupd.daemon.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.secgroupd.daemon.testkit.AdminSocket;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.List;

/** Hostile clients of the admin socket. The policy stays, root is answered, and packets are judged all the while. */
final class HostileAdminSuite {

    private static final int CROWD = 2000;

    private HostileAdminSuite() {}

    static void run(Path directory, long seed, int requests) {
        try (AttackedHost host = new AttackedHost(directory, List.of(), List.of())) {
            AdminSocket root = host.admin();
            double generation = root.metrics().gauge("secgroupd_policy_generation");
            HostileReader reader = new HostileReader(root.path());
            List<SocketChannel> held = reader.crowd(CROWD);
            assertThat(root.get("status")).as("root is answered").contains("generation");
            for (SocketChannel channel : held) {
                channel.close();
            }
            await("room for a reader").until(reader::isAnswered);

            reader.write(new HostileRequests(seed), requests);

            assertThat(root.metrics().gauge("secgroupd_policy_generation")).isEqualTo(generation);
            assertThat(host.daemon.log()).doesNotContain("admin.failed");
            host.assertHeld();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
