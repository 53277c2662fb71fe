package io.secgroupd.daemon.flowlog.read;

import static io.secgroupd.daemon.flowlog.read.LogText.append;
import static io.secgroupd.daemon.flowlog.read.LogText.gzip;
import static io.secgroupd.daemon.flowlog.read.LogText.vpcAccept;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Flow logs as AWS delivers them, whatever their fields and whatever stands in front. */
class VpcRecordsTest {

    private static final String DEFAULT =
            "version account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes start end action log-status\n";
    private static final String RECORD =
            "2 123456789010 eni-0a1 198.51.100.7 10.0.1.10 49761 443 6 20 4249 1764310000 1764310060 ACCEPT OK\n";
    private static final String READ = "1764310060 eni-0a1 198.51.100.7:49761 > 10.0.1.10:443 6 x20 ACCEPT";
    private static final List<Field> SHOWN =
            List.of(Field.INSTANCE, Field.SRC, Field.SPORT, Field.DST, Field.DPORT, Field.PROTOCOL, Field.PACKETS);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    @SuppressWarnings("NullAway.Init")
    private Path log;

    private final List<String> read = new ArrayList<>();
    private final UnreadableLines damage = new UnreadableLines();

    @BeforeEach
    void name() {
        log = directory.resolve("aws.log");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2025-11-28T06:06:40.000Z ",
                "2025-11-28T06:06:40.000Z\t",
                "2025-11-28 06:06:40.000 ",
                "2025-11-28T06:06:40Z 37012345678901234567 ",
                "2025-11-28T06:06:40Z 37012345678901234567 eni-0a1-all ",
                "1764310000000 ",
                "EVENTS\t3701\t1764310000000\teni-0a1-all\t"
            })
    void whatCloudWatchPutsInFrontIsPassedOver(String front) throws IOException {
        String behind = front.startsWith("EVENTS") ? "\t1764310000000\n" : "\n";
        append(log, front + RECORD.strip() + behind + front + RECORD.strip().replace(' ', '\t') + behind);

        assertThat(read()).containsExactly(READ, READ);
        assertThat(damage.take()).isEmpty();
    }

    @Test
    void headerLinesNoDataAndOldLineEndsAreNoDamage() throws IOException {
        String empty = "2 123456789010 eni-0a1 - - - - - - - 1764310060 1764310120 - NODATA\n";
        append(log, ("\ufeff" + DEFAULT + RECORD + empty + DEFAULT + RECORD).replace("\n", "\r\n"));

        assertThat(read()).containsExactly(READ, READ);
        assertThat(damage.take()).isEmpty();
    }

    @Test
    void compressedAsInS3() throws IOException {
        gzip(log, DEFAULT + RECORD);

        assertThat(read()).containsExactly(READ);
    }

    @Test
    void skippedRecordsAreToldThoughNobodyKnowsHowMany() throws IOException {
        append(log, "2 123456789010 eni-0a1 - - - - - - - 1764310120 1764310180 - SKIPDATA\n");

        assertThat(read()).containsExactly("SKIPDATA");
        assertThat(damage.take()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "version vpc-id subnet-id instance-id interface-id account-id type srcaddr dstaddr srcport dstport pkt-srcaddr"
                        + " pkt-dstaddr protocol bytes packets start end action tcp-flags log-status",
                "srcaddr dstaddr srcport dstport protocol packets start end action interface-id flow-direction traffic-path",
                "${end} ${action} ${protocol} ${dstport} ${srcport} ${dstaddr} ${srcaddr} ${packets} ${interface_id}",
                "version account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes start end action"
                        + " log-status vpc-id subnet-id instance-id tcp-flags type pkt-srcaddr pkt-dstaddr region az-id"
                        + " sublocation-type sublocation-id pkt-src-aws-service pkt-dst-aws-service flow-direction"
                        + " traffic-path ecs-cluster-arn ecs-cluster-name reject-reason resource-id encryption-status"
            })
    void fieldsStandWhereTheHeaderSays(String header) throws IOException {
        append(log, header + "\n" + record(header) + "\n" + "2025-11-28T06:06:40Z " + record(header) + "\n");

        assertThat(read()).containsExactly(READ, READ);
        assertThat(damage.take()).isEmpty();
    }

    private static String record(String header) {
        return Stream.of(header.split(" "))
                .map(name -> switch (name.replaceAll("[${}]", "").replace('_', '-')) {
                    case "version" -> "5";
                    case "interface-id" -> "eni-0a1";
                    case "srcaddr" -> "198.51.100.7";
                    case "dstaddr" -> "10.0.1.10";
                    case "srcport" -> "49761";
                    case "dstport" -> "443";
                    case "protocol" -> "6";
                    case "packets" -> "20";
                    case "end" -> "1764310060";
                    case "action" -> "ACCEPT";
                    case "log-status" -> "OK";
                    case "vpc-id" -> "vpc-1";
                    default -> "-";
                })
                .collect(Collectors.joining(" "));
    }

    @Test
    void theAddressesOfThePacketAreThoseThatARuleMeets() throws IOException {
        append(
                log,
                "pkt-srcaddr srcaddr pkt-dstaddr dstaddr srcport dstport protocol packets end action interface-id\n");
        append(log, "198.51.100.7 10.0.0.5 10.0.1.10 10.0.1.2 49761 443 6 20 1764310060 ACCEPT eni-0a1\n");

        assertThat(read()).containsExactly(READ);
    }

    @Test
    void ourOwnLinesAreReadBesideThem() throws IOException {
        append(log, vpcAccept(1) + RECORD);

        assertThat(read()).hasSize(2).last().isEqualTo(READ);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            5 vpc-1 eni-0a1 1 IPv4 198.51.100.7 10.0.1.10 49761 443 6 4249 20 1 2 ACCEPT 2 OK | no header line says
            2 1 eni-0a1 198.51.100.7 10.0.1.10 49761 443 6 20 4249 1764310000 176431 ACC      | damaged
            2 1 eni-0a1 198.51.100.7 10.0.1.10 49761 443 6 20 4249 1 99999999999999999 ACCEPT OK | damaged
            2 1 eni-0a1 198.51.100.7 10.0.1.10 49761 443 6 20 4249 1 2 ACCEPT PERHAPS         | damaged
            srcaddr dstaddr srcport dstport protocol                                           | does not name action, end
            """)
    void whatCannotBeReadIsNamedWithItsLine(String line, String why) throws IOException {
        append(log, line + "\n");

        assertThat(read()).isEmpty();
        assertThat(damage.take())
                .singleElement()
                .asString()
                .startsWith(log + ":1: ")
                .contains(why);
    }

    @Test
    void recordsWithoutNamesAreSaidOnceForAFile() throws IOException {
        append(log, "5 vpc-1 eni-0a1 198.51.100.7 10.0.1.10 ACCEPT\n".repeat(100));

        read();

        assertThat(damage.take()).hasSize(2).last().isEqualTo("and 99 more lines that cannot be read");
    }

    private List<String> read() throws IOException {
        LineSink sink = line -> read.add(line.isSkipData() ? "SKIPDATA" : text(line));
        new FlowLogReader(log, new FlowFilter(), sink, damage).readAll();
        return read;
    }

    private static String text(LogLine line) {
        String values = SHOWN.stream().map(line::text).collect(Collectors.joining(" "));
        return line.timeMillis() / 1000 + " "
                + values.replaceFirst("(\\S+) (\\S+) (\\S+) (\\S+) (\\S+) (\\S+) (\\S+)", "$1 $2:$3 > $4:$5 $6 x$7 ")
                + line.text(Field.VERDICT);
    }
}
