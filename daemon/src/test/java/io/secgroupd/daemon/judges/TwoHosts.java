package io.secgroupd.daemon.judges;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.secgroupd.daemon.judges.OpeningPackets.OpeningPacket;
import io.secgroupd.daemon.testkit.AdminSocket;
import io.secgroupd.daemon.testkit.Exposition;
import io.secgroupd.daemon.testkit.RunningDaemon;
import io.secgroupd.rules.net.Hook;
import io.secgroupd.rules.net.IpAddress;
import io.secgroupd.rules.written.WrittenHost;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Two hosts with the same addresses, of which one has the daemon and the other a ruleset of nftables. */
final class TwoHosts implements AutoCloseable {

    /** A card has room for a few packets: so many are sent before one looks whether they have come. */
    private static final int BURST = 250;

    private final Hook hook;
    private final AskedHost ours;
    private final AskedHost theirs;
    private final Path directory;
    private @Nullable RunningDaemon daemon;
    private int sent;

    /**
     * Makes them.
     *
     * @param hook      where they judge: INPUT, or FORWARD
     * @param addresses of either, or of its guests
     */
    TwoHosts(Path directory, Hook hook, List<IpAddress> addresses) {
        this.directory = directory;
        this.hook = hook;
        ours = new AskedHost("daemon", hook, addresses);
        theirs = new AskedHost("nftables", hook, addresses);
    }

    /** Gives the same policy to both. */
    void obey(String text, WrittenHost host) {
        try {
            Path rules = directory.resolve("rules.yaml");
            Files.move(Files.writeString(directory.resolve("next.yaml"), text), rules, StandardCopyOption.ATOMIC_MOVE);
            if (daemon == null) {
                daemon = RunningDaemon.start(
                        ours.host,
                        rules,
                        directory,
                        "carry: " + host.carried(),
                        "host_instance: " + host.answers(),
                        "hooks: { forward: true }",
                        "cache: off");
            } else {
                assertThat(admin().get("reload", "-X", "POST")).contains("\"in_force\":true");
            }
            Path ruleset = Files.writeString(
                    directory.resolve("policy.nft"),
                    "table %1$s { }\ndelete table %1$s\n%2$s".formatted(NftPolicy.TABLE, NftPolicy.of(host, hook)));
            theirs.host.run("nft", "-f", ruleset.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends these to both hosts, and waits until each has been decided. */
    Verdicts ask(List<OpeningPacket> packets) {
        for (int i = 0; i < packets.size(); i++) {
            ours.send(i, packets.get(i));
            theirs.send(i, packets.get(i));
            sent++;
            if (i % BURST == BURST - 1 || i + 1 == packets.size()) {
                ours.awaitArrival(sent);
                theirs.awaitArrival(sent);
            }
        }
        await("a decision about each of " + sent).ignoreExceptions().untilAsserted(() -> {
            Exposition metrics = admin().metrics();
            long leaving = count(metrics, "secgroupd_hooks_packets_total", "hook=output", "step=queued");
            assertThat(count(metrics, "secgroupd_decisions_total"))
                    .as("with %s of the host itself", leaving)
                    .isEqualTo(sent + leaving);
            assertThat(ours.passed.passes())
                    .as("what passes is what was accepted or observed")
                    .isEqualTo(count(metrics, "secgroupd_decisions_total", "verdict=ACCEPT")
                            + count(metrics, "secgroupd_observed_total"));
        });
        return new Verdicts(ours.passedNumbers(), theirs.passedNumbers());
    }

    /** What was never counted has no sample. */
    private static long count(Exposition metrics, String name, String... labels) {
        return metrics.has(name) ? (long) metrics.counter(name, labels) : 0;
    }

    private AdminSocket admin() {
        return AdminSocket.await(ours.host, directory);
    }

    /** What the daemon has said. */
    String log() {
        return Objects.requireNonNull(daemon, "no daemon was started").log();
    }

    @Override
    public void close() {
        ours.close();
        theirs.close();
    }

    /** The places of the packets that have passed. */
    record Verdicts(BitSet daemon, BitSet nftables) {}
}
