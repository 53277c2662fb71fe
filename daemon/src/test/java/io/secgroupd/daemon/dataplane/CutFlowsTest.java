package io.secgroupd.daemon.dataplane;

import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.rules.net.AddressSyntaxException;
import io.secgroupd.rules.net.AddressText;
import io.secgroupd.rules.net.FlowTuple;
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
