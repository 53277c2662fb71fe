package io.secgroupd.daemon.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.daemon.testkit.Selectors;
import io.secgroupd.rules.net.IpAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Queue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The copy for a start from a damaged file, on a disk that is full for a while. */
class LastGoodKeeperTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @SuppressWarnings("NullAway.Init")
    private Path rules;

    @SuppressWarnings("NullAway.Init")
    private LastGood lastGood;

    @SuppressWarnings("NullAway.Init")
    private LastGoodKeeper keeper;

    private final Queue<Runnable> later = new ArrayDeque<>();
    private boolean full = true;

    @BeforeEach
    void make() {
        rules = directory.resolve("rules.yaml");
        lastGood = new LastGood(directory.resolve("state"), new StateFiles() {
            @Override
            public void copy(Path from, Path to) throws IOException {
                if (full) {
                    throw new IOException("No space left on device");
                }
                StateFiles.super.copy(from, to);
            }
        });
        keeper = new LastGoodKeeper(lastGood, rules, new Timers() {
            @Override
            public Instant now() {
                return Instant.EPOCH;
            }

            @Override
            public void after(Duration time, Runnable task) {
                assertThat(time).isEqualTo(LastGoodKeeper.AGAIN);
                later.add(task);
            }
        });
    }

    @Test
    void copyIsTakenAtOnceWhereThereIsRoom() throws Exception {
        full = false;

        HostPolicy policy = write(80);
        keeper.keep(policy);

        assertThat(kept()).isEqualTo(policy.hash());
        assertThat(later).isEmpty();
    }

    @Test
    void fullDiskIsTriedAgainUntilItHasRoom() throws Exception {
        HostPolicy policy = write(80);
        keeper.keep(policy);
        later.remove().run();
        assertThat(lastGood.of(rules)).isEmpty();

        full = false;
        later.remove().run();

        assertThat(kept()).isEqualTo(policy.hash());
        assertThat(later).isEmpty();
    }

    @Test
    void policyThatCameIntoForceMeanwhileIsTheOneThatIsKept() throws Exception {
        keeper.keep(write(80));
        HostPolicy newer = write(443);
        keeper.keep(newer);
        assertThat(later).as("one attempt is on its way").hasSize(1);

        full = false;
        later.remove().run();

        assertThat(kept()).isEqualTo(newer.hash());
    }

    @Test
    void attemptThatComesTooLateLeavesTheNewerCopy() throws Exception {
        keeper.keep(write(80));
        full = false;
        HostPolicy newer = write(443);
        keeper.keep(newer);

        later.remove().run();

        assertThat(kept()).isEqualTo(newer.hash());
        assertThat(later).isEmpty();
    }

    private String kept() {
        return lastGood.of(rules).orElseThrow().hash();
    }

    private HostPolicy write(int port) throws Exception {
        Files.writeString(rules, """
                version: 1
                security_groups:
                  sg-web: { inbound: [{ protocol: tcp, ports: %d, source: any }] }
                instances: { web: { addresses: [10.0.0.1], security_groups: [sg-web] } }
                """.formatted(port));
        return new PolicyLoader(rules, Selectors.of(IpAddress.ipv4(0x0a000001))).load();
    }
}
