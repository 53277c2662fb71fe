package io.secgroupd.daemon.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.secgroupd.rules.file.PolicyReader;
import io.secgroupd.rules.model.HostInstance;
import io.secgroupd.rules.model.Instance;
import io.secgroupd.rules.model.Policy;
import io.secgroupd.rules.net.IpAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CarrySettingsTest {

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
        policy = read("""
                  app: { addresses: [10.0.1.1], security_groups: [sg-a] }
                  db: { addresses: [10.0.2.1], security_groups: [sg-a] }
                """);
    }

    @Test
    void autoCarriesWhoHasALocalAddressAndLetsTheOnlyOneAnswerForTheHost() throws NotCarriedException {
        CarrySettings.CarriedInstances carried = select(CarrySettings.AUTO, APP, UNLISTED);

        assertThat(names(carried)).containsExactly("app");
        assertThat(answering(carried)).isEqualTo("app");
    }

    @Test
    void whereSeveralAreCarriedFromTheStartNobodyAnswersAndItIsRefusedUnlessOneIsNamed() throws NotCarriedException {
        assertThat(answering(select(CarrySettings.AUTO, APP, DB))).isEqualTo("REFUSE");
        assertThat(answering(select(new CarrySettings(Optional.empty(), Optional.of("db")), APP, DB)))
                .isEqualTo("db");
    }

    @Test
    void onlyAWrittenWordOpensTheHost() throws NotCarriedException {
        assertThat(answering(select(new CarrySettings(Optional.empty(), Optional.of("open")), APP)))
                .isEqualTo("OPEN");
        assertThat(answering(select(new CarrySettings(Optional.empty(), Optional.of("refuse")), APP)))
                .isEqualTo("REFUSE");
    }

    @Test
    void whoAnswersForTheHostStaysWhoeverComesAndThoughItsOwnAddressIsGone() throws NotCarriedException {
        Remembered before = Remembered.of(select(CarrySettings.AUTO, APP));

        CarrySettings.CarriedInstances another = CarrySettings.AUTO.select(policy, on("eth0", APP, DB), before);
        assertThat(names(another)).containsExactly("app", "db");
        assertThat(answering(another)).isEqualTo("app");

        CarrySettings.CarriedInstances alone =
                CarrySettings.AUTO.select(policy, on("eth0", DB), Remembered.of(another));
        assertThat(names(alone)).containsExactly("db");
        assertThat(answering(alone)).isEqualTo("app");
    }

    @Test
    void anEditThatGivesTheAddressesToAnotherInstanceChangesWhoAnswers() throws NotCarriedException, IOException {
        Remembered before = Remembered.of(select(CarrySettings.AUTO, APP));
        policy = read("""
                  app: { addresses: [10.0.1.2], security_groups: [sg-a] }
                  renamed: { addresses: [10.0.1.1], security_groups: [sg-a] }
                """);

        assertThat(answering(CarrySettings.AUTO.select(policy, on("eth0", APP), before)))
                .isEqualTo("renamed");
    }

    @Test
    void namesAreCarriedWhateverTheAddresses() throws NotCarriedException {
        assertThat(names(select(new CarrySettings(Optional.of(List.of("db")), Optional.empty()), UNLISTED)))
                .containsExactly("db");
    }

    @Test
    void whatAnotherHostsInstanceListsBesidesDoesNotChangeThisHost() throws NotCarriedException, IOException {
        policy = read("""
                  app: { addresses: [10.0.1.1], security_groups: [sg-a] }
                  loopback: { addresses: [10.0.9.1, 127.0.0.1, "::1"], security_groups: [sg-a] }
                  bridged: { addresses: [10.0.9.2, 172.17.0.1], security_groups: [sg-a] }
                """);
        var addresses = new TreeMap<IpAddress, Set<String>>();
        addresses.put(APP, Set.of("eth0"));
        addresses.put(IpAddress.ipv4(0xac110001), Set.of("docker0"));
        addresses.put(IpAddress.ipv4(0x7f000001), Set.of("lo"));
        addresses.put(IpAddress.ipv6(0, 1), Set.of("lo"));

        CarrySettings.CarriedInstances carried = CarrySettings.AUTO.select(
                policy, new InterfaceAddresses(addresses, Set.of("docker0")), Remembered.NOTHING);

        assertThat(names(carried)).containsExactly("app");
        assertThat(answering(carried)).isEqualTo("app");
        assertThat(carried.passedOver())
                .singleElement()
                .asString()
                .startsWith("bridged lists 172.17.0.1, which this host has, and 10.0.9.2, which it does not have");
    }

    @Test
    void aFloatingAddressOfSeveralIsCarriedOnTheInterfaceOfTheHostsOwn() throws NotCarriedException, IOException {
        policy = read("""
                  app: { addresses: [10.0.1.1], security_groups: [sg-a] }
                  floating: { addresses: [10.0.1.100, 10.0.1.101], security_groups: [sg-a] }
                """);

        assertThat(names(select(CarrySettings.AUTO, APP, IpAddress.ipv4(0x0a000164))))
                .containsExactly("app", "floating");
    }

    @Test
    void anInstanceStaysCarriedWhenOneOfItsAddressesGoes() throws NotCarriedException, IOException {
        policy = read("""
                  app: { addresses: [10.0.1.1], security_groups: [sg-a] }
                  db: { addresses: [10.0.2.1, 10.0.2.2], security_groups: [sg-a] }
                """);
        var both = new TreeMap<IpAddress, Set<String>>();
        both.put(APP, Set.of("eth0"));
        both.put(DB, Set.of("eth1"));
        both.put(IpAddress.ipv4(0x0a000202), Set.of("eth1"));
        Remembered before = Remembered.of(
                CarrySettings.AUTO.select(policy, new InterfaceAddresses(both, Set.of("eth1")), Remembered.NOTHING));

        both.remove(IpAddress.ipv4(0x0a000202));

        assertThat(names(CarrySettings.AUTO.select(policy, new InterfaceAddresses(both, Set.of("eth1")), before)))
                .containsExactly("app", "db");
    }

    @Test
    void whichInstancesItWasIsKnownAfterARestart() throws NotCarriedException {
        CarrySettings.CarriedInstances first = select(CarrySettings.AUTO, APP);
        CarryMemory.in(directory).remember(Remembered.of(first));

        Remembered before = CarryMemory.in(directory).remembered();

        assertThat(before).isEqualTo(Remembered.of(first));
        assertThat(answering(CarrySettings.AUTO.select(policy, on("eth0", APP, DB), before)))
                .isEqualTo("app");
    }

    @Test
    void aDamagedMemoryIsNone() throws IOException {
        Files.writeString(directory.resolve("carried"), "host app\n\u0000rubbish");

        assertThat(CarryMemory.in(directory).remembered()).isEqualTo(Remembered.NOTHING);
    }

    @Test
    void aHostThatIsNobodyIsToldItsAddresses() {
        assertThatThrownBy(() -> select(CarrySettings.AUTO, UNLISTED))
                .isInstanceOf(NotCarriedException.class)
                .hasMessageContaining("192.168.0.1");
    }

    @Test
    void anUnknownNameIsRefused() {
        assertThatThrownBy(() -> select(new CarrySettings(Optional.of(List.of("dv")), Optional.empty()), APP))
                .isInstanceOf(NotCarriedException.class)
                .hasMessageContaining("\"dv\"");
    }

    private CarrySettings.CarriedInstances select(CarrySettings carry, IpAddress... addresses)
            throws NotCarriedException {
        return carry.select(policy, on("eth0", addresses), Remembered.NOTHING);
    }

    private static InterfaceAddresses on(String name, IpAddress... addresses) {
        return InterfaceAddresses.on(name, List.of(addresses));
    }

    private static List<String> names(CarrySettings.CarriedInstances carried) {
        return carried.instances().stream().map(Instance::name).toList();
    }

    private static String answering(CarrySettings.CarriedInstances carried) {
        return carried.hostInstance() instanceof HostInstance.Named named
                ? named.instance().name()
                : carried.hostInstance().toString();
    }

    private Policy read(String instances) throws IOException {
        Path file = Files.writeString(directory.resolve("rules.yaml"), """
                version: 1
                security_groups: { sg-a: { inbound: [] } }
                instances:
                """ + instances);
        return PolicyReader.read(file).policy().orElseThrow();
    }
}
