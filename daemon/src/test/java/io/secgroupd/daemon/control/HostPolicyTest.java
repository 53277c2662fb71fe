package io.secgroupd.daemon.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.daemon.testkit.Selectors;
import io.secgroupd.rules.model.Rule;
import io.secgroupd.rules.net.IpAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostPolicyTest {

    private static final Instant NOW = Instant.parse("2999-01-01T00:00:00Z");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    private HostPolicy policy(String rules) throws Exception {
        Path file = Files.writeString(directory.resolve("rules.yaml"), """
                version: 1
                security_groups:
                  sg-here: { inbound: [%s] }
                  sg-elsewhere:
                    inbound: [{ protocol: tcp, ports: 1, source: 10.0.0.0/8, expires: 2999-01-01T00:01:00Z }]
                instances:
                  here: { addresses: [10.0.0.1], security_groups: [sg-here] }
                  elsewhere: { addresses: [10.0.0.2], security_groups: [sg-elsewhere] }
                """.formatted(rules));
        return new PolicyLoader(file, Selectors.of(IpAddress.ipv4(0x0a000001))).load();
    }

    @Test
    void theNextEndIsThatOfARuleOfThisHostThatIsStillInForce() throws Exception {
        HostPolicy policy = policy("""
                { protocol: tcp, ports: 22, source: 10.0.0.0/8, expires: 2999-01-03T00:00:00Z },
                { protocol: tcp, ports: 23, source: 10.0.0.0/8, expires: 2999-01-02T00:00:00Z },
                { protocol: tcp, ports: 25, source: 10.0.0.0/8, expires: 2999-01-01T00:00:00Z },
                { protocol: tcp, ports: 80, source: 10.0.0.0/8 }""");

        assertThat(policy.nextEnd(NOW).map(Rule::terms)).contains("tcp 23 from 10.0.0.0/8");
        assertThat(policy.nextEnd(NOW.plusSeconds(86_400)).map(Rule::terms)).contains("tcp 22 from 10.0.0.0/8");
        assertThat(policy.nextEnd(NOW.plusSeconds(3 * 86_400))).isEmpty();
    }

    @Test
    void whereNoRuleOfThisHostExpiresThereIsNone() throws Exception {
        assertThat(policy("{ protocol: tcp, ports: 80, source: 10.0.0.0/8 }").nextEnd(NOW))
                .isEmpty();
    }
}
