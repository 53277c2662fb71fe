package io.secgroupd.daemon.dataplane;

import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.rules.net.AddressSyntaxException;
import io.secgroupd.rules.net.AddressText;
import io.secgroupd.rules.net.Family;
import io.secgroupd.rules.net.FlowTuple;
import io.secgroupd.rules.net.IpAddress;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CutFlowsTest {

    private final CutFlows cut = new CutFlows();

    @Test
    void knowsAConnectionFromEitherEnd() throws AddressSyntaxException {
        cut.replace(List.of(flow("10.0.0.1", 40000, "10.0.0.2", 443), flow("2001:db8::1", 40000, "2001:db8::2", 443)));

        assertThat(cut.contains(flow("10.0.0.1", 40000, "10.0.0.2", 443))).isTrue();
        assertThat(cut.contains(flow("10.0.0.2", 443, "10.0.0.1", 40000))).isTrue();
        assertThat(cut.contains(flow("2001:db8::2", 443, "2001:db8::1", 40000))).isTrue();
    }

    @Test
    void takesNoOtherForIt() throws AddressSyntaxException {
        assertThat(cut.contains(flow("10.0.0.1", 40000, "10.0.0.2", 443))).isFalse();

        cut.replace(List.of(flow("10.0.0.1", 40000, "10.0.0.2", 443)));

        assertThat(cut.contains(flow("10.0.0.1", 443, "10.0.0.2", 40000))).isFalse();
        assertThat(cut.contains(flow("10.0.0.2", 40000, "10.0.0.1", 443))).isFalse();
        assertThat(cut.contains(flow("10.0.0.1", 40001, "10.0.0.2", 443))).isFalse();
        assertThat(cut.contains(flow("::a00:1", 40000, "::a00:2", 443))).isFalse();
    }

    /** Each of them may fall on the place of the one that is cut, and then only a look at all words tells them apart. */
    @Test
    void oneThatDiffersInASingleWordIsAnother() {
        IpAddress client = new IpAddress(Family.IPV6, 0x2001_0db8_0000_0001L, 7);
        IpAddress server = new IpAddress(Family.IPV6, 0x2001_0db8_0000_0002L, 9);
        cut.replace(List.of(tcp(client, server, 40000, 443)));

        for (int i = 1; i <= 64; i++) {
            var otherNet = new IpAddress(Family.IPV6, client.high() + (i << 8), client.low());
            var otherHost = new IpAddress(Family.IPV6, client.high(), client.low() + (i << 8));
            var otherServerNet = new IpAddress(Family.IPV6, server.high() + (i << 8), server.low());
            var otherServer = new IpAddress(Family.IPV6, server.high(), server.low() + (i << 8));
            assertNotCut(otherNet, server, 40000);
            assertNotCut(otherHost, server, 40000);
            assertNotCut(client, otherServerNet, 40000);
            assertNotCut(client, otherServer, 40000);
            assertNotCut(client, server, 40000 + i);
        }
    }

    private void assertNotCut(IpAddress client, IpAddress server, int port) {
        assertThat(cut.contains(tcp(client, server, port, 443))).isFalse();
        assertThat(cut.contains(tcp(server, client, 443, port))).isFalse();
    }

    private static FlowTuple tcp(IpAddress source, IpAddress destination, int sourcePort, int destinationPort) {
        return new FlowTuple(source, destination, 6, sourcePort, destinationPort, 0, 0);
    }

    @Test
    void holdsManyUntilTheyAreReplaced() throws AddressSyntaxException {
        FlowTuple other = flow("10.0.0.1", 1, "10.0.0.3", 443);
        FlowTuple first = flow("10.0.0.1", 1, "10.0.0.2", 443);
        List<FlowTuple> many = IntStream.rangeClosed(1, 65535)
                .mapToObj(port -> new FlowTuple(first.source(), first.destination(), 6, port, 443, 0, 0))
                .toList();

        cut.replace(many);

        assertThat(many).allMatch(cut::contains);
        assertThat(cut.contains(other)).isFalse();
        cut.replace(List.of(other));
        assertThat(many).noneMatch(cut::contains);
        assertThat(cut.contains(other)).isTrue();
        cut.replace(List.of());
        assertThat(cut.contains(other)).isFalse();
    }

    private static FlowTuple flow(String source, int sourcePort, String destination, int destinationPort)
            throws AddressSyntaxException {
        return new FlowTuple(
                AddressText.parseAddress(source),
                AddressText.parseAddress(destination),
                6,
                sourcePort,
                destinationPort,
                0,
                0);
    }
}
