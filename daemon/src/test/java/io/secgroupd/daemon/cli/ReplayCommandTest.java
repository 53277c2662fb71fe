package io.secgroupd.daemon.cli;

import static io.secgroupd.daemon.packet.PacketBuilder.icmp;
import static io.secgroupd.daemon.packet.PacketBuilder.tcp;
import static io.secgroupd.daemon.packet.PacketBuilder.udp;
import static io.secgroupd.daemon.testkit.CaptureBytes.ETHERNET;
import static io.secgroupd.daemon.testkit.CaptureBytes.RAW;
import static io.secgroupd.daemon.testkit.CaptureBytes.ethernet;
import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.daemon.cli.common.ExitCode;
import io.secgroupd.daemon.testkit.CaptureBytes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Captures of both formats through rules, as an operator replays them. */
class ReplayCommandTest {

    private static final String RULES = """
            version: 1
            security_groups:
              sg-app:
                inbound:
                  - { protocol: tcp, ports: 443, source: any, id: sgr-https }
              sg-db:
                inbound:
                  - { protocol: tcp, ports: 3306, source: sg-app, id: sgr-mysql }
                outbound: []
            instances:
              app-1: { addresses: [10.0.1.10], security_groups: [sg-app] }
              db-1: { addresses: [10.0.2.10], security_groups: [sg-db] }
            """;

    private static final List<byte[]> PACKETS = List.of(
            tcp("198.51.100.7", 40001, "10.0.1.10", 443, "S"),
            tcp("10.0.1.10", 443, "198.51.100.7", 40001, "SA"),
            tcp("198.51.100.7", 40002, "10.0.1.10", 443, "S"),
            tcp("198.51.100.7", 40003, "10.0.2.10", 3306, "S"),
            tcp("198.51.100.7", 40003, "10.0.2.10", 3306, "S"),
            tcp("10.0.1.10", 40004, "10.0.2.10", 3306, "S"),
            icmp("192.0.2.1", "192.0.2.2", 8, 1),
            udp("10.0.2.10", 40005, "192.0.2.53", 53));

    private static final String TEXT = """
            REJECT     1x  tcp 198.51.100.7 -> db-1 (10.0.2.10) port 3306  ingress no-matching-rule
            REJECT     1x  icmp 192.0.2.1 -> 192.0.2.2 type 8 code 0  no-instance
            REJECT     1x  udp db-1 (10.0.2.10) -> 192.0.2.53 port 53  egress no-matching-rule
            ACCEPT     2x  tcp 198.51.100.7 -> app-1 (10.0.1.10) port 443  ingress sgr-https sg-app RULES:5
            ACCEPT     1x  tcp app-1 (10.0.1.10) -> db-1 (10.0.2.10) port 3306  egress sgr-OUT sg-app RULES:3, \
            ingress sgr-mysql sg-db RULES:8
            6 flows: 3 accepted, 3 rejected
            """;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    @Test
    void bothFormatsAndEveryLinkLayerGiveEachFlowWithItsRule() throws IOException {
        List<byte[]> tagged =
                PACKETS.stream().map(packet -> ethernet(packet, 0x8100)).toList();
        for (byte[] capture : List.of(
                CaptureBytes.pcap(RAW, PACKETS),
                CaptureBytes.pcapng(List.of(RAW), PACKETS),
                CaptureBytes.pcapng(List.of(ETHERNET, ETHERNET), tagged),
                CaptureBytes.pcap(ETHERNET, tagged))) {
            Cli replay = replay(capture);

            assertThat(readable(replay.out())).isEqualTo(TEXT);
            assertThat(replay.err()).isEmpty();
            assertThat(replay.exitCode()).isEqualTo(ExitCode.NO);
        }
    }

    @Test
    void againstNewRulesShowsOnlyWhatWouldChange() throws IOException {
        Path stricter = Files.writeString(
                directory.resolve("new.yaml"),
                RULES.replace("outbound: []", "outbound: [{ protocol: udp, ports: 53, destination: any, id: sgr-dns }]")
                        .replace("ports: 443, source: any", "ports: 443, source: 203.0.113.0/24"));

        Cli replay = replay(CaptureBytes.pcap(RAW, PACKETS), "--against", stricter.toString());

        assertThat(readable(replay.out())).isEqualTo("""
                REJECT     2x  tcp 198.51.100.7 -> app-1 (10.0.1.10) port 443  ingress no-matching-rule; was ACCEPT \
                ingress sgr-https sg-app RULES:5
                ACCEPT     1x  udp db-1 (10.0.2.10) -> 192.0.2.53 port 53  egress sgr-dns sg-db NEW:9; was REJECT \
                egress no-matching-rule
                2 of 6 flows newly refused, 1 newly allowed
                """);
        assertThat(replay.exitCode()).isEqualTo(ExitCode.NO);
    }

    @Test
    void againstTheSameRulesNothingChanges() throws IOException {
        Cli replay = replay(CaptureBytes.pcap(RAW, PACKETS), "--against", rules().toString());

        assertThat(replay.out()).isEqualTo("0 of 6 flows newly refused, 0 newly allowed" + System.lineSeparator());
        assertThat(replay.exitCode()).isEqualTo(ExitCode.DONE);
    }

    @Test
    void connectionsUnderWayAreListedApartAndJudgedInEitherOrientation() throws IOException {
        Cli replay = replay(CaptureBytes.pcap(
                RAW,
                List.of(
                        tcp("10.0.1.10", 443, "198.51.100.7", 40001, "PA"),
                        tcp("198.51.100.7", 40001, "10.0.1.10", 443, "A"),
                        tcp("198.51.100.7", 40002, "10.0.2.10", 22, "A"))));

        assertThat(readable(replay.out())).isEqualTo("""
                under way when they were first seen, opened by either end:
                REJECT     1x  tcp 198.51.100.7 -> db-1 (10.0.2.10) port 22  ingress no-matching-rule
                ACCEPT     1x  tcp 198.51.100.7 -> app-1 (10.0.1.10) port 443  ingress sgr-https sg-app RULES:5
                2 flows: 1 accepted, 1 rejected; 2 of them under way already
                """);
    }

    @Test
    void jsonHasTotalsAndBothHalvesOfEachFlow() throws IOException {
        Cli replay = replay(CaptureBytes.pcap(RAW, PACKETS), "--output", "json");

        assertThat(replay.out())
                .startsWith("{\"flows\":6,\"accepted\":3,\"rejected\":3,\"mid_stream\":0,\"not_listed\":0,"
                        + "\"remarks\":[],\"results\":[{\"count\":1,\"mid_stream\":false,\"protocol\":\"tcp\","
                        + "\"src\":\"198.51.100.7\",\"dst\":\"10.0.2.10\",\"dport\":3306,\"icmp_type\":null,"
                        + "\"icmp_code\":null,\"verdict\":\"REJECT\",\"egress\":{\"checked\":false},"
                        + "\"ingress\":{\"checked\":true,\"instance\":\"db-1\",\"verdict\":\"REJECT\","
                        + "\"reason\":\"no-matching-rule\"");
    }

    @Test
    void aDamagedCaptureIsReplayedAsFarAsItCanBeRead() throws IOException {
        byte[] whole = CaptureBytes.pcap(RAW, PACKETS);

        Cli replay = replay(Arrays.copyOf(whole, whole.length - 10));

        assertThat(replay.out()).contains("5 flows: 3 accepted, 2 rejected");
        assertThat(replay.err()).contains("capture can be read up to packet 7: truncated dump file");
        assertThat(replay.exitCode()).isEqualTo(ExitCode.FAILED);
    }

    @Test
    void interfacesOfDifferentKindsAreAnsweredWithASentence() throws IOException {
        Cli replay = replay(CaptureBytes.pcapng(List.of(RAW, ETHERNET), PACKETS));

        assertThat(replay.err()).contains("capture can be read up to packet 0").contains("split it by interface");
        assertThat(replay.exitCode()).isEqualTo(ExitCode.FAILED);
    }

    @Test
    void aLinkLayerThatIsNotKnownIsNamed() throws IOException {
        Cli replay = replay(CaptureBytes.pcap(105, PACKETS));

        assertThat(replay.err()).contains("link layer that secgroupd does not know (DLT 105, 802.11)");
        assertThat(replay.exitCode()).isEqualTo(ExitCode.FAILED);
    }

    @Test
    void packetsThatAreCutAreCountedAndSaid() throws IOException {
        Cli replay = replay(CaptureBytes.pcap(RAW, List.of(Arrays.copyOf(PACKETS.get(0), 30), PACKETS.get(2))));

        assertThat(replay.out()).contains("1 flow: 1 accepted, 0 rejected");
        assertThat(replay.err()).contains("1 of 2 packets are cut or malformed, and were not judged");
        assertThat(replay.exitCode()).isEqualTo(ExitCode.DONE);
    }

    @Test
    void aFileThatIsNotThereIsSaid() throws IOException {
        Cli replay = Cli.run(
                "replay",
                "--rules",
                rules().toString(),
                directory.resolve("none").toString());

        assertThat(replay.err()).contains("none does not exist; correct the path");
        assertThat(replay.exitCode()).isEqualTo(ExitCode.FAILED);
    }

    private static final String LOG = """
            {"time":"2026-11-24T14:00:00.000Z","seq":1,"start":"a","host":"h","verdict":"ACCEPT","reason":"rule",\
            "direction":"ingress","instance":"app-1","group":"sg-app","rule":"sgr-old","protocol":"tcp",\
            "src":"198.51.100.7","sport":40001,"dst":"10.0.1.10","dport":443,"icmp_type":null,"icmp_code":null,\
            "tcp_flags":2,"in":"eth0","generation":1,"packets":1,"first":"2026-11-24T14:00:00.000Z",\
            "last":"2026-11-24T14:00:00.000Z"}
            {"time":"2026-11-24T14:00:01.000Z","seq":2,"start":"a","host":"h","verdict":"REJECT",\
            "reason":"no-matching-rule","direction":"ingress","instance":"db-1","group":null,"rule":null,\
            "protocol":"tcp","src":"198.51.100.7","sport":40002,"dst":"10.0.2.10","dport":3306,"icmp_type":null,\
            "icmp_code":null,"tcp_flags":2,"in":"eth0","generation":1,"packets":3,"first":"2026-11-24T14:00:00.500Z",\
            "last":"2026-11-24T14:00:00.900Z"}
            {"time":"2026-11-24T14:00:02.000Z","seq":3,"start":"a","host":"h","skipdata":true,"lost":7}
            """;

    private static final String LOG_TEXT = """
            REJECT     3x  tcp 198.51.100.7 -> db-1 (10.0.2.10) port 3306  ingress no-matching-rule
            ACCEPT     1x  tcp 198.51.100.7 -> app-1 (10.0.1.10) port 443  ingress sgr-https sg-app RULES:5
            4 flows: 1 accepted, 3 rejected
            """;

    @Test
    void aFlowLogIsReplayedWithItsOldFiles() throws IOException {
        int second = LOG.indexOf('\n') + 1;
        Path log = Files.writeString(directory.resolve("flows.log"), LOG.substring(second));
        try (var old = new GZIPOutputStream(Files.newOutputStream(directory.resolve("flows.1.log.gz")))) {
            old.write(LOG.substring(0, second).getBytes(StandardCharsets.UTF_8));
        }

        Cli replay = Cli.run("replay", "--rules", rules().toString(), log.toString());

        assertThat(readable(replay.out())).isEqualTo(LOG_TEXT);
        assertThat(replay.err()).contains("7 decisions are not in the log");
        assertThat(replay.exitCode()).isEqualTo(ExitCode.NO);
    }

    @Test
    void theVpcFormatIsReplayedButForIcmp() throws IOException {
        Path log = Files.writeString(directory.resolve("flows.log"), """
                2 h app-1 198.51.100.7 10.0.1.10 40001 443 6 1 60 1700000000 1700000000 ACCEPT OK sg-app sgr-old rule
                2 h db-1 198.51.100.7 10.0.2.10 40002 3306 6 3 180 1700000000 1700000000 REJECT OK - - no-matching-rule
                2 h db-1 198.51.100.7 10.0.2.10 0 0 1 2 120 1700000000 1700000000 REJECT OK - - no-matching-rule
                """);

        Cli replay = Cli.run("replay", "--rules", rules().toString(), log.toString());

        assertThat(readable(replay.out())).isEqualTo(LOG_TEXT);
        assertThat(replay.err()).contains("2 decisions were not judged");
    }

    @Test
    void aLogWithADamagedLineIsReplayedAllTheSame() throws IOException {
        Path log = Files.writeString(directory.resolve("flows.log"), LOG.replace("\"seq\":3", "\"se"));

        Cli replay = Cli.run("replay", "--rules", rules().toString(), log.toString());

        assertThat(readable(replay.out())).isEqualTo(LOG_TEXT);
        assertThat(replay.err()).contains("flows.log:3: damaged or half-written line");
        assertThat(replay.exitCode()).isEqualTo(ExitCode.FAILED);
    }

    @Test
    void aCompressedCaptureIsToBeUnpacked() throws IOException {
        Path file = directory.resolve("capture.gz");
        try (var out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write(CaptureBytes.pcap(RAW, PACKETS));
        }

        Cli replay = Cli.run("replay", "--rules", rules().toString(), file.toString());

        assertThat(replay.err()).contains("capture.gz is a compressed capture: unpack it with gunzip");
        assertThat(replay.exitCode()).isEqualTo(ExitCode.FAILED);
    }

    private Path rules() throws IOException {
        return Files.writeString(directory.resolve("rules.yaml"), RULES);
    }

    private Cli replay(byte[] capture, String... options) throws IOException {
        Path file = Files.write(directory.resolve("capture"), capture);
        return Cli.run(
                Stream.concat(Stream.of("replay", "--rules", rules().toString(), file.toString()), Stream.of(options))
                        .toArray(String[]::new));
    }

    /** With the directory and the id that the implied outbound rule has left out. */
    private String readable(String text) {
        return text.replace(directory.resolve("rules.yaml").toString(), "RULES")
                .replace(directory.resolve("new.yaml").toString(), "NEW")
                .replaceAll("sgr-[0-9a-f]{17}", "sgr-OUT");
    }
}
