package io.secgroupd.daemon.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.daemon.testkit.Selectors;
import io.secgroupd.rules.net.IpAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that ended the process twice are not read a third time by a daemon that has started from the last good copy. */
class CrashLoopTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    private final SimulatedControl around = new SimulatedControl(SimulatedControl.Time.STILL);

    @Test
    void filesThatEndedTheProcessStayUnreadWhenTheAddressesAreLookedAt() throws Exception {
        Path rules = Files.writeString(directory.resolve("rules.yaml"), ControlPlaneFixture.allowing(80));
        Path state = directory.resolve("state");
        var lastGood = new LastGood(state);
        var attempts = new Attempts(state, lastGood);
        var loader = new PolicyLoader(rules, Selectors.of(IpAddress.ipv4(0x0a000001))).with(attempts);
        lastGood.store(rules, loader.load());
        Files.writeString(rules, ControlPlaneFixture.allowing(81));
        attempts.begin(rules);
        attempts.begin(rules);
        HostPolicy copy = loader.of(lastGood.of(rules).orElseThrow().rules()).load();
        ControlPlane control = around.plane(loader, copy, next -> {}, written -> {}, readdressed -> {});

        control.start();
        around.act();

        assertThat(control.refusal())
                .hasValueSatisfying(
                        refused -> assertThat(refused.problemTexts()).anyMatch(text -> text.contains("ended 2 times")));
    }
}
