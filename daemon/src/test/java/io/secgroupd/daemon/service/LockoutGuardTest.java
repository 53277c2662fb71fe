package io.secgroupd.daemon.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.daemon.control.PolicyLoader;
import io.secgroupd.daemon.testkit.Selectors;
import io.secgroupd.rules.decide.PacketFilter;
import io.secgroupd.rules.net.IpAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LockoutGuardTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @SuppressWarnings("NullAway.Init")
    private PacketFilter policy;

    @BeforeEach
    void allowSshFromTheOffice() throws Exception {
        Path rules = Files.writeString(directory.resolve("rules.yaml"), """
                version: 1
                security_groups:
                  sg-web: { inbound: [{ protocol: tcp, ports: 22, source: 192.0.2.0/24 }] }
                instances:
                  web: { addresses: [10.0.0.1], security_groups: [sg-web] }
                """);
        policy = new PolicyLoader(rules, Selectors.of(IpAddress.ipv4(0x0a000001)))
                .load()
                .filter();
    }

    @Test
    void whoIsLetInAgainMayGoOn() {
        assertThat(LockoutGuard.objection("192.0.2.7,10.0.0.1,22", policy)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"198.51.100.7,10.0.0.1,22", "192.0.2.7,10.0.0.1,2222"})
    void whoWouldNotBeLetInAgainIsTold(String caller) {
        assertThat(LockoutGuard.objection(caller, policy).orElseThrow())
                .contains("would lock you out")
                .contains("--force");
    }

    @Test
    void nobodyIsLockedOutOfAnInstanceThatObserves() throws Exception {
        Path rules = Files.writeString(directory.resolve("observing.yaml"), """
                version: 1
                instances:
                  web: { addresses: [10.0.0.1], mode: observe }
                """);
        PacketFilter observing = new PolicyLoader(rules, Selectors.of(IpAddress.ipv4(0x0a000001)))
                .load()
                .filter();

        assertThat(LockoutGuard.objection("198.51.100.7,10.0.0.1,22", observing))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x,y,z", "192.0.2.7,10.0.0.1", "192.0.2.7,10.0.0.1,70000"})
    void whatIsNoConnectionIsNoLeave(String caller) {
        assertThat(LockoutGuard.objection(caller, policy)).isPresent();
    }

    @Test
    void callerIsTheFarEndAndThePortHere() {
        assertThat(LockoutGuard.caller("192.0.2.7 51515 10.0.0.1 22")).contains("192.0.2.7,10.0.0.1,22");
        assertThat(LockoutGuard.caller("192.0.2.7 51515 10.0.0.1")).isEmpty();
        assertThat(LockoutGuard.caller("")).isEmpty();
    }
}
