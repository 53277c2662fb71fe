package io.secgroupd.daemon.e2e;

import static io.secgroupd.daemon.e2e.JudgedHost.SERVER_6;
import static io.secgroupd.daemon.e2e.JudgedHost.toServer;
import static io.secgroupd.daemon.testkit.WirePacket.DESTINATION_OPTIONS;
import static io.secgroupd.daemon.testkit.WirePacket.HIP;
import static io.secgroupd.daemon.testkit.WirePacket.HOP_BY_HOP;
import static io.secgroupd.daemon.testkit.WirePacket.ROUTING;
import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.daemon.testkit.NetnsTest;
import io.secgroupd.daemon.testkit.Tally;
import io.secgroupd.daemon.testkit.WirePacket;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What stands between an IPv6 address and a port: walked when it is honest, refused when it hides what follows. */
@NetnsTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExtensionHeadersIT {

    /** PadN over the whole header. */
    private static final int[] PADDING = {1, 4, 0, 0, 0, 0};

    private static final String RULES = """
            version: 1
            security_groups:
              sg-web:
                inbound:
                  - { protocol: tcp, ports: 80, source: any }
                  - { protocol: tcp, ports: 8080, source: 198.51.100.0/24 }
                  - { protocol: 139, source: any }
            instances:
              web: { addresses: [10.0.1.10, "2001:db8:1::10"], security_groups: [sg-web] }
            """;

    @AutoClose
    private final JudgedHost host = new JudgedHost(RULES);

    private int port = 30_000;

    @BeforeAll
    void start() {
        host.start();
    }

    static Stream<WirePacket> walked() {
        return Stream.of(
                toServer(6).extension(HOP_BY_HOP, PADDING),
                toServer(6).extension(DESTINATION_OPTIONS, PADDING),
                toServer(6).extension(HOP_BY_HOP, PADDING).extension(DESTINATION_OPTIONS, PADDING),
                toServer(6).extension(ROUTING, 4, 0, 0, 0, 0, 0), // segment routing that has arrived
                chain(8));
    }

    @ParameterizedTest
    @MethodSource("walked")
    void thePortsBehindAreJudged(WirePacket packet) {
        Tally tally = host.tally();

        host.cable.send(packet.tcp(port++, 80, 0x02), packet.tcp(port++, 81, 0x02));

        tally.assertDecisions("ingress ACCEPT rule 1", "ingress REJECT no-matching-rule 1");
    }

    static Stream<WirePacket> refused() {
        return Stream.of(
                toServer(6).extension(ROUTING, 0, 0, 0, 0, 0, 0),
                toServer(6).extension(ROUTING, 4, 1, 0, 0, 0, 0),
                toServer(6).extension(HIP, 0, 0, 0, 0, 0, 0),
                toServer(6).extension(254, 0, 0, 0, 0, 0, 0),
                chain(9));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void whatCannotBeWalkedIsUndecodable(WirePacket packet) {
        Tally tally = host.tally();

        host.cable.send(packet.tcp(port++, 80, 0x02));

        tally.assertDecisions("ingress REJECT undecodable 1");
        assertThat(tally.stack("Tcp InSegs")).as("nothing of it is delivered").isZero();
    }

    @Test
    void aMappedAddressIsNoIpv4Address() {
        Tally tally = host.tally();
        WirePacket mapped = WirePacket.of("::ffff:198.51.100.7", SERVER_6);

        host.cable.send(
                mapped.tcp(port++, 8080, 0x02), toServer(4).tcp(port++, 8080, 0x02), mapped.tcp(port++, 80, 0x02));

        tally.assertDecisions("ingress ACCEPT rule 2", "ingress REJECT no-matching-rule 1");
    }

    private static WirePacket chain(int headers) {
        WirePacket packet = toServer(6);
        for (int i = 0; i < headers; i++) {
            packet.extension(DESTINATION_OPTIONS, PADDING);
        }
        return packet;
    }
}
