package io.secgroupd.daemon.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The past of the flow log, from its files. */
class PastFlowsTest {

    private static final String VPC =
            "2 host app-1 10.0.1.10 10.0.2.10 40000 3306 6 1 60 1795608060 1795608060 ACCEPT OK sg-db sgr-1 rule\n";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    @Test
    void rotatedFilesComeFirstAndOldLinesNotAtAll() throws IOException {
        try (OutputStream old = new GZIPOutputStream(Files.newOutputStream(directory.resolve("flows.log.1.gz")))) {
            old.write((line(1, "2026-11-25T11:00:00.000Z") + line(2, "2026-11-25T12:00:00.000Z"))
                    .getBytes(StandardCharsets.UTF_8));
        }
        Files.writeString(directory.resolve("flows.log"), line(3, "2026-11-25T12:30:00.000Z") + "half a li");

        assertThat(written("2026-11-25T12:00:00Z"))
                .isEqualTo(line(2, "2026-11-25T12:00:00.000Z") + line(3, "2026-11-25T12:30:00.000Z"));
    }

    @Test
    void linesOfTheOtherFormatComeAsJson() throws IOException {
        Files.writeString(directory.resolve("flows.log"), VPC);

        assertThat(written("1970-01-01T00:00:00Z"))
                .contains("\"verdict\":\"ACCEPT\"", "\"dst\":\"10.0.2.10\"", "\"dport\":3306")
                .endsWith("}\n");
    }

    @Test
    void whatIsNoFileIsNotRead() {
        assertThatThrownBy(() -> new PastFlows(Path.of("/dev/null")).write(Instant.EPOCH, new ByteArrayOutputStream()))
                .isInstanceOf(IOException.class)
                .hasMessage("/dev/null is no file, so it cannot be read again");
    }

    private String written(String from) throws IOException {
        var lines = new ByteArrayOutputStream();
        new PastFlows(directory.resolve("flows.log")).write(Instant.parse(from), lines);
        return lines.toString(StandardCharsets.UTF_8);
    }

    private static String line(int sequence, String time) {
        return "{\"time\":\"" + time + "\",\"seq\":" + sequence
                + ",\"start\":\"s\",\"host\":\"h\",\"verdict\":\"ACCEPT\","
                + "\"reason\":\"rule\",\"direction\":\"ingress\",\"instance\":\"db-1\",\"group\":\"sg-db\",\"rule\":\"sgr-1\","
                + "\"protocol\":\"tcp\",\"src\":\"10.0.1.10\",\"sport\":40000,\"dst\":\"10.0.2.10\",\"dport\":3306,"
                + "\"icmp_type\":null,\"icmp_code\":null,\"tcp_flags\":2,\"in\":\"eth0\",\"generation\":1,\"packets\":1,"
                + "\"first\":\"" + time + "\",\"last\":\"" + time + "\"}\n";
    }
}
