package io.secgroupd.daemon.flowlog;

import static io.secgroupd.daemon.packet.PacketBuilder.tcp;
import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.daemon.netlink.FakeChannel;
import io.secgroupd.daemon.packet.PacketBuilder;
import io.secgroupd.daemon.packet.PacketView;
import io.secgroupd.daemon.terms.FlowLogFormat;
import io.secgroupd.daemon.testkit.FlowLine;
import io.secgroupd.daemon.testkit.FlowLogFiles;
import io.secgroupd.daemon.units.FakeSocketTable;
import io.secgroupd.daemon.units.LocalUnits;
import io.secgroupd.daemon.units.SocketCgroups;
import io.secgroupd.daemon.units.UnitCounts;
import io.secgroupd.rules.decide.Decision;
import io.secgroupd.rules.net.Direction;
import io.secgroupd.rules.net.Hook;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A line names the unit of the end that is a socket of this host. Directories stand for control groups here. */
class UnitsInTheLogTest {

    private static final Decision SENT = Decision.accept(Direction.EGRESS, "orders-1", Records.RULE);
    private static final PacketView SCAN = Records.view(tcp("10.0.2.10", 40000, "10.0.1.10", 443, "S"));
    private static final String NO_UNIT = "(no field unit)";

    private final FakeSocketTable kernel = new FakeSocketTable();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    @BeforeEach
    void groups() throws IOException {
        kernel.listening(3306, group("system.slice/mariadb.service"))
                .connecting(40000, group("system.slice/backup \"daily\"\u202e\\.service"));
    }

    private long group(String path) throws IOException {
        Path made = Files.createDirectories(directory.resolve("groups").resolve(path));
        return (long) Files.getAttribute(made, "unix:ino");
    }

    @Test
    void whoServesWhatComesInAndWhoOpensWhatGoesOut() throws IOException {
        List<FlowLine> lines = logged(Duration.ZERO, ring -> {
            in(ring, Records.ACCEPTED, 3306);
            out(ring, 40000);
        });

        assertThat(lines)
                .extracting(line -> line.text("unit"))
                .containsExactly("mariadb.service", "backup \"daily\"?\\.service");
    }

    @Test
    void whatNobodyListensForOrHasNoSocketAnyMoreNamesNobody() throws IOException {
        List<FlowLine> lines = logged(Duration.ZERO, ring -> {
            in(ring, Records.REFUSED, 3307);
            out(ring, 40001);
        });

        assertThat(lines).extracting(line -> line.text("unit")).containsExactly(NO_UNIT, NO_UNIT);
    }

    @Test
    void whatIsRoutedOrHasNoSocketIsNotAskedAbout() throws IOException {
        List<FlowLine> lines = logged(Duration.ZERO, ring -> {
            record(ring, Records.ACCEPTED, view(tcp("10.0.1.10", "10.0.2.10", 3306, "S")), Hook.FORWARD, 1);
            record(ring, SENT, view(PacketBuilder.icmp("10.0.2.10", "10.0.1.10", 8, 1)), Hook.OUTPUT, 0);
        });

        assertThat(lines).extracting(line -> line.text("unit")).containsExactly(NO_UNIT, NO_UNIT);
        assertThat(kernel.questions()).isEmpty();
    }

    /** Its packet came in, and the connection is one that this host opened. */
    @Test
    void anAnswerThatIsReadAsTheFlowThatItAnswersNamesWhoOpenedIt() throws IOException {
        List<FlowLine> lines = logged(Duration.ZERO, ring -> {
            PacketView answer = view(tcp("10.0.1.10", 443, "10.0.2.10", 40000, "SA"));
            answer.reverse();
            record(ring, SENT, answer, Hook.INPUT, 1);
        });

        assertThat(lines).extracting(line -> line.text("unit")).containsExactly("backup \"daily\"?\\.service");
    }

    @Test
    void refusalsThatBecomeOneLineKeepTheUnitOfTheFirst() throws IOException {
        List<FlowLine> lines = logged(Duration.ofMinutes(1), ring -> {
            for (int i = 0; i < 5; i++) {
                in(ring, Records.REFUSED, 3306);
            }
        });

        assertThat(lines)
                .extracting(line -> line.text("packets") + " " + line.text("unit"))
                .containsExactly("1 mariadb.service", "4 mariadb.service");
    }

    @Test
    void eachOutcomeIsCounted() throws IOException {
        FlowLogWriter writer = write(Duration.ZERO, FlowRing.Wanted.ALL, ring -> {
            in(ring, Records.ACCEPTED, 3306);
            in(ring, Records.ACCEPTED, 3306);
            in(ring, Records.REFUSED, 3307);
            out(ring, 40000);
            out(ring, 40001);
        });

        assertThat(writer.unitCounts()).isEqualTo(Optional.of(new UnitCounts(3, 1, 1, 0)));
    }

    /** Such as one that resets its connection as soon as it stands. */
    @Test
    void aClientThatEndsWithItsVerdictIsNamed() throws IOException {
        List<FlowLine> lines = logged(Duration.ZERO, ring -> {
            ring.judged(from(40000), Hook.OUTPUT);
            ring.verdictsFollow();
            kernel.ended(40000);
            ring.record(SENT, null, from(40000), Hook.OUTPUT, 0, 7);
            ring.endOfBurst();
        });

        assertThat(lines).extracting(line -> line.text("unit")).containsExactly("backup \"daily\"?\\.service");
    }

    /** Among others that come in, and are not written. */
    @Test
    void eachOfABurstIsNamedByItsOwnAnswer() throws IOException {
        List<Integer> ports = List.of(40001, 40000, 40001, 40000);
        PacketView incoming = view(tcp("10.0.1.10", "10.0.2.10", 3307, "S"));
        List<FlowLine> lines = logged(Duration.ZERO, new FlowRing.Wanted(true, false, true), ring -> {
            ports.forEach(port -> ring.judged(from(port), Hook.OUTPUT));
            ring.judged(incoming, Hook.INPUT);
            ring.verdictsFollow();
            ring.record(Records.REFUSED, null, from(ports.get(0)), Hook.OUTPUT, 0, 7);
            ring.record(SENT, null, from(ports.get(1)), Hook.OUTPUT, 0, 7);
            ring.record(SENT, null, from(ports.get(2)), Hook.OUTPUT, 0, 7);
            ring.record(Records.REFUSED, null, incoming, Hook.INPUT, 1, 7);
            ring.record(SENT, null, from(ports.get(3)), Hook.OUTPUT, 0, 7);
            ring.endOfBurst();
        });

        assertThat(lines)
                .extracting(line -> line.text("sport") + " " + line.text("unit"))
                .containsExactly(
                        "40000 backup \"daily\"?\\.service", "40001 " + NO_UNIT, "40000 backup \"daily\"?\\.service");
    }

    @Test
    void aScanIsAskedAboutOnlySoFarThatTheLoopCanGoOn() throws IOException {
        var sockets = new OutgoingSockets(sockets());
        int asked = OutgoingSockets.QUESTIONS_PER_SECOND;
        for (int i = 0; i < asked; i++) {
            assertThat(answer(sockets)).isPositive();
        }
        assertThat(kernel.questions()).hasSize(asked);

        assertThat(answer(sockets)).isEqualTo(SocketCgroups.NOT_ASKED);
        assertThat(kernel.questions()).hasSize(asked);
    }

    private static long answer(OutgoingSockets sockets) {
        sockets.add(SCAN, Records.NOON);
        sockets.ask();
        long answer = sockets.nextAnswer();
        sockets.forget();
        return answer;
    }

    private interface Traffic {
        void pass(FlowRing ring);
    }

    private List<FlowLine> logged(Duration aggregate, Traffic traffic) throws IOException {
        return logged(aggregate, FlowRing.Wanted.ALL, traffic);
    }

    private List<FlowLine> logged(Duration aggregate, FlowRing.Wanted wanted, Traffic traffic) throws IOException {
        write(aggregate, wanted, traffic);
        return FlowLogFiles.linesOf(directory.resolve("flows.log"));
    }

    private FlowLogWriter write(Duration aggregate, FlowRing.Wanted wanted, Traffic traffic) throws IOException {
        var ring = new FlowRing(64, wanted, false, System::currentTimeMillis, sockets());
        var target = new FlowLogTarget(
                directory.resolve("flows.log"), FlowLogFormat.JSON, "ab12cd34", "db", aggregate, 1 << 20, 1);
        try (LocalUnits units =
                        LocalUnits.open((family, groups) -> new FakeChannel(kernel), directory.resolve("groups"));
                FlowLogWriter writer = FlowLogWriter.start(List.of(ring), target, FlowTap.NONE, units)) {
            traffic.pass(ring);
            return writer;
        }
    }

    private SocketCgroups sockets() throws IOException {
        return SocketCgroups.open((family, groups) -> new FakeChannel(kernel));
    }

    private static void in(FlowRing ring, Decision decision, int port) {
        record(ring, decision, view(tcp("10.0.1.10", "10.0.2.10", port, "S")), Hook.INPUT, 1);
    }

    private static void out(FlowRing ring, int sourcePort) {
        record(ring, SENT, from(sourcePort), Hook.OUTPUT, 0);
    }

    private static PacketView from(int sourcePort) {
        return view(tcp("10.0.2.10", sourcePort, "10.0.1.10", 443, "S"));
    }

    private static void record(FlowRing ring, Decision decision, PacketView packet, Hook hook, int interfaceIndex) {
        ring.judged(packet, hook);
        ring.verdictsFollow();
        ring.record(decision, null, packet, hook, interfaceIndex, 7);
        ring.endOfBurst();
    }

    private static PacketView view(byte[] packet) {
        return Records.view(packet);
    }
}
