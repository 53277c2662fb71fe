package io.secgroupd.daemon.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.secgroupd.rules.file.PolicyReader;
import io.secgroupd.rules.model.Instance;
import io.secgroupd.rules.model.Policy;
import io.secgroupd.rules.net.IpAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CarryTest {

    private static final IpAddress APP = IpAddress.ipv4(0x0a000101);
    private static final IpAddress DB = IpAddress.ipv4(0x0a000201);
    private static final IpAddress UNLISTED = IpAddress.ipv4(0xc0a80001);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    @SuppressWarnings("NullAway.Init")
    private Policy policy;

    @BeforeEach
    void readPolicy() throws IOException {
        Path file = Files.writeString(directory.resolve("rules.yaml"), """
                version: 1
                security_groups: { sg-a: { inbound: [] } }
                instances:
                  app: { addresses: [10.0.1.1], security_groups: [sg-a] }
                  db: { addresses: [10.0.2.1], security_groups: [sg-a] }
                """);
        policy = PolicyReader.read(file).policy().orElseThrow();
    }

    @Test
    void autoCarriesWhoHasALocalAddressAndLetsTheOnlyOneAnswerForTheHost() throws NotCarriedException {
        Carry.Carried carried = Carry.AUTO.select(policy, Set.of(APP, UNLISTED));

        assertThat(carried.instances()).extracting(Instance::name).containsExactly("app");
        assertThat(carried.hostInstance()).map(Instance::name).contains("app");
    }

    @Test
    void ofSeveralNobodyAnswersForTheHostUnlessNamed() throws NotCarriedException {
        assertThat(Carry.AUTO.select(policy, Set.of(APP, DB)).hostInstance()).isEmpty();
        assertThat(new Carry(Optional.empty(), Optional.of("db"))
                        .select(policy, Set.of(APP, DB))
                        .hostInstance())
                .map(Instance::name)
                .contains("db");
    }

    @Test
    void namesAreCarriedWhateverTheAddresses() throws NotCarriedException {
        assertThat(new Carry(Optional.of(List.of("db")), Optional.empty())
                        .select(policy, Set.of(UNLISTED))
                        .instances())
                .extracting(Instance::name)
                .containsExactly("db");
    }

    @Test
    void aHostThatIsNobodyIsToldItsAddresses() {
        assertThatThrownBy(() -> Carry.AUTO.select(policy, Set.of(UNLISTED)))
                .isInstanceOf(NotCarriedException.class)
                .hasMessageContaining("192.168.0.1");
    }

    @Test
    void anUnknownNameIsRefused() {
        assertThatThrownBy(() -> new Carry(Optional.of(List.of("dv")), Optional.empty()).select(policy, Set.of(APP)))
                .isInstanceOf(NotCarriedException.class)
                .hasMessageContaining("\"dv\"");
    }
}
