package io.secgroupd.daemon.cli;

import static io.secgroupd.daemon.packet.PacketBuilder.icmp;
import static io.secgroupd.daemon.packet.PacketBuilder.tcp;
import static io.secgroupd.daemon.testkit.CaptureBytes.ETHERNET;
import static io.secgroupd.daemon.testkit.CaptureBytes.RAW;
import static io.secgroupd.daemon.testkit.CaptureBytes.ethernet;
import static io.secgroupd.daemon.testkit.CaptureBytes.ethernetOf;
import static io.secgroupd.daemon.testkit.CaptureBytes.mpls;
import static io.secgroupd.daemon.testkit.CaptureBytes.pppoe;
import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.daemon.cli.common.ExitCode;
import io.secgroupd.daemon.testkit.CaptureBytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Captures of which not everything can be read: what was not judged is never taken for accepted. */
class ReplayOddCaptureTest {

    private static final String RULES = """
            version: 1
            security_groups: { sg-h: { inbound: [] } }
            instances: { h: { addresses: [10.0.1.10], security_groups: [sg-h] } }
            """;
    private static final byte[] SSH = tcp("198.51.100.7", 40000, "10.0.1.10", 22, "S");
    private static final byte[] AGAIN = tcp("198.51.100.7", 40001, "10.0.1.10", 22, "S");
    private static final byte[] ARP = ethernetOf(0x0806, new byte[28]);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    static Stream<byte[]> wrapped() {
        return Stream.of(
                ethernetOf(0x8864, pppoe(0x0021, SSH)),
                ethernetOf(0x8847, mpls(2, SSH)),
                ethernet(SSH, 0x88a8, 0x8100));
    }

    @ParameterizedTest
    @MethodSource("wrapped")
    void sessionsLabelsAndDoubleTagsAreJudged(byte[] frame) throws IOException {
        Cli replay = replay(CaptureBytes.pcap(ETHERNET, List.of(frame)));

        assertThat(replay.out()).startsWith("REJECT     1x  tcp 198.51.100.7 -> h (10.0.1.10) port 22");
        assertThat(replay.err()).isEmpty();
        assertThat(replay.exitCode()).isEqualTo(ExitCode.NO);
    }

    @Test
    void whatIsNoIpIsCountedByKind() throws IOException {
        byte[] lldp = ethernetOf(0x88cc, new byte[40]);

        Cli replay = replay(CaptureBytes.pcap(ETHERNET, List.of(ARP, ethernet(SSH), ARP, lldp)));

        assertThat(replay.err())
                .contains("3 of 4 packets hold no IP that can be read, and were not judged: ARP 2, LLDP 1");
        assertThat(replay.exitCode()).isEqualTo(ExitCode.NO);
    }

    @Test
    void aCaptureOfWhichNothingCouldBeJudgedIsNotAccepted() throws IOException {
        byte[] pseudowire = ethernetOf(0x8847, mpls(1, new byte[60]));

        for (byte[] capture : List.of(
                CaptureBytes.pcap(ETHERNET, List.of(pseudowire, ARP)),
                CaptureBytes.pcap(RAW, List.of(Arrays.copyOf(SSH, 24))))) {
            Cli replay = replay(capture);

            assertThat(replay.err()).contains("no packet of ", "could be judged");
            assertThat(replay.exitCode()).isEqualTo(ExitCode.FAILED);
        }
    }

    @Test
    void aCaptureWithoutFlowsIsSaidToHaveNone() throws IOException {
        byte[] answer = icmp("198.51.100.7", "10.0.1.10", 0, 1);

        assertThat(replay(CaptureBytes.pcap(RAW, List.of(answer))).err()).contains("nothing was judged");
        assertThat(replay(CaptureBytes.pcap(RAW, List.of())).err()).contains("holds no packet");
    }

    @ParameterizedTest
    @CsvSource({
        "1700000000, 1000000, 1",
        "1700000000, 2147483647, 1",
        "1700000000, -1, 1",
        "-1, 0, 1",
        "1600000000, 0, 1",
        "1700000000, 999999, 0",
    })
    void aPacketWithABadTimeIsJudgedAndSaid(int seconds, int micros, int said) throws IOException {
        byte[] capture = CaptureBytes.pcap(RAW, List.of(SSH, AGAIN));

        Cli replay = replay(CaptureBytes.timed(capture, SSH.length, 1_700_000_000, 0, seconds, micros));

        assertThat(replay.out()).contains("2 flows: 0 accepted, 2 rejected");
        assertThat(replay.err().contains("1 of 2 packets have an impossible time"))
                .isEqualTo(said == 1);
        assertThat(replay.exitCode()).isEqualTo(ExitCode.NO);
    }

    @Test
    void nanosecondsAreNoBadTime() throws IOException {
        byte[] capture = CaptureBytes.pcap(RAW, List.of(SSH, AGAIN));
        capture[0] = 0x4d; // 0xa1b23c4d
        capture[1] = 0x3c;

        Cli replay = replay(CaptureBytes.timed(capture, SSH.length, 1_700_000_000, 999_999_999, 1_700_000_001, 0));

        assertThat(replay.out()).contains("2 flows");
        assertThat(replay.err()).isEmpty();
    }

    @Test
    void whateverIsFlippedIsAnsweredWithADocumentedExitCode() throws IOException {
        List<byte[]> frames =
                Stream.concat(wrapped(), Stream.of(ARP, ethernet(AGAIN))).toList();
        List<byte[]> captures = List.of(
                CaptureBytes.pcap(ETHERNET, frames),
                CaptureBytes.pcapng(List.of(ETHERNET, ETHERNET), frames),
                CaptureBytes.pcap(RAW, List.of(SSH, AGAIN)));
        Random random = new Random(20261128);
        for (int i = 0; i < 600; i++) {
            byte[] flipped = captures.get(i % captures.size()).clone();
            for (int flips = random.nextInt(3) + 1; flips > 0; flips--) {
                flipped[random.nextInt(flipped.length)] ^= (byte) (1 << random.nextInt(8));
            }

            Cli replay = replay(flipped);

            assertThat(replay.err()).as("round %d", i).doesNotContain("internal error", "Exception");
            assertThat(replay.exitCode()).as("round %d", i).isIn(ExitCode.DONE, ExitCode.NO, ExitCode.FAILED);
            assertThat(replay.exitCode() == ExitCode.DONE && replay.out().startsWith("0 flows"))
                    .as("round %d: %s%s", i, replay.out(), replay.err())
                    .isFalse();
        }
    }

    private Cli replay(byte[] capture) throws IOException {
        Path rules = Files.writeString(directory.resolve("rules.yaml"), RULES);
        Path file = Files.write(directory.resolve("capture"), capture);
        return Cli.run("replay", "--rules", rules.toString(), file.toString());
    }
}
