package io.secgroupd.daemon.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.secgroupd.daemon.testkit.Selectors;
import io.secgroupd.rules.net.IpAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AttemptsTest {

    private static final String SOUND = "version: 1\ninstances: { web: { addresses: [10.0.0.1] } }\n";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @SuppressWarnings("NullAway.Init")
    private Path rules;

    @SuppressWarnings("NullAway.Init")
    private LastGood lastGood;

    @BeforeEach
    void write() throws IOException {
        rules = Files.writeString(directory.resolve("rules.yaml"), SOUND);
        lastGood = new LastGood(directory.resolve("state"));
    }

    @Test
    void oneAbnormalEndDoesNotLockAFileOut() {
        attempts().begin(rules);

        assertThat(attempts().objection(rules)).isEmpty();
    }

    @Test
    void filesThatEndedTheProcessTwiceAreNotReadAThirdTime() {
        attempts().begin(rules);
        attempts().begin(rules);

        assertThat(attempts().objection(rules))
                .hasValueSatisfying(why -> assertThat(why).contains("ended 2 times", "secgroupd reload"));
        assertThatThrownBy(() -> loader().read()).isInstanceOf(RefusedPolicyException.class);
    }

    @Test
    void changedFileIsTriedAgain() throws IOException {
        attempts().begin(rules);
        attempts().begin(rules);
        Files.writeString(rules, SOUND + "# changed\n");

        assertThat(attempts().objection(rules)).isEmpty();
    }

    @Test
    void changedListIsTriedAgain() throws Exception {
        Path list = Files.writeString(directory.resolve("list.txt"), "10.0.0.0/8\n");
        Files.writeString(rules, SOUND + "prefix_lists: { pl-a: { file: list.txt } }\n");
        lastGood.store(rules, loader().load());
        attempts().begin(rules);
        attempts().begin(rules);
        assertThat(attempts().objection(rules)).isPresent();

        Files.writeString(list, "10.0.0.0/8\n192.0.2.0/24\n");

        assertThat(attempts().objection(rules)).isEmpty();
    }

    @Test
    void whoAsksForItHasTheFilesTriedAgain() throws Exception {
        attempts().begin(rules);
        attempts().begin(rules);

        loader().tryAgain();

        assertThat(loader().load().files()).contains(rules);
    }

    @Test
    void hangUpHasTheFilesTriedAgain() throws Exception {
        HostPolicy first = loader().load();
        attempts().begin(rules);
        attempts().begin(rules);
        var written = new LinkedBlockingQueue<HostPolicy>();
        try (var control = new ControlPlane(loader(), first, next -> {}, written::add, readdressed -> {})) {
            control.start();

            control.reloadSoon();

            assertThat(written.poll(30, TimeUnit.SECONDS)).isNotNull();
        }
    }

    @Test
    void policyInForceAndRefusedPolicyLeaveNothing() throws Exception {
        loader().load();
        assertThat(directory.resolve("state/attempt")).doesNotExist();
        Files.writeString(rules, "version: 2");

        assertThatThrownBy(() -> loader().load()).isInstanceOf(RefusedPolicyException.class);

        assertThat(directory.resolve("state/attempt")).doesNotExist();
    }

    /** As the next process has them. */
    private Attempts attempts() {
        return new Attempts(directory.resolve("state"), lastGood);
    }

    private PolicyLoader loader() {
        return new PolicyLoader(rules, Selectors.of(IpAddress.ipv4(0x0a000001))).with(attempts());
    }
}
