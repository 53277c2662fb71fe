package io.secgroupd.daemon.flowlog.read;

import static io.secgroupd.daemon.flowlog.read.LogText.accept;
import static io.secgroupd.daemon.flowlog.read.LogText.append;
import static io.secgroupd.daemon.flowlog.read.LogText.gzip;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever has rotated the log: all of its files are read, in the order of what is in them, or it is said which are not. */
class RotatedNamesTest extends ReaderFixture {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "flows.10.log.gz flows.2.log.gz flows.1.log",
                "flows.log.10.gz flows.log.2.gz flows.log.1",
                "flows.log.10 flows.log.9 flows.log.8.gz",
                "flows.log-20261126.gz flows.log-20261127.gz flows.log-20261128",
                "flows-20261126.log.gz flows-20261127.log flows-20261128.log",
                "flows.log-2026112623.gz flows.log-2026112700 flows.log-2026112701",
                "flows.log-20261126-1764310000.gz flows.log-20261126-1764310001 flows.log-2026-11-27T10:00:00Z",
                "flows.log.20261126 flows.log_20261127 flows.log.20261128.gz",
                "flows.log-20261128.gz flows.log.1 flows.1.log",
                "flows.1.log flows.log.1 flows.log-20261128",
                "flows.log.old flows.log.gz flows.log.1"
            })
    void oldFilesOfEveryNameAreReadInOrderOfTheirLines(String names) throws IOException {
        int number = 1;
        for (String name : names.split(" ")) {
            Path old = directory.resolve(name);
            String lines = accept(number) + accept(number + 1);
            if (name.endsWith(".gz")) {
                gzip(old, lines);
            } else {
                append(old, lines);
            }
            number += 2;
        }
        append(log, accept(7));

        readAll();

        assertThat(read.numbers()).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L);
        assertThat(damage.take()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "flows.log.1.xz, FD377A585A00, unxz",
        "flows.log-20261126.bz2, 425A6839, bunzip2",
        "flows.1.log.zst, 28B52FFD, unzstd",
        "flows.log.1, 04224D18, unlz4"
    })
    void whatCannotBeUnpackedIsSaid(String name, String magic, String tool) throws IOException {
        Files.write(directory.resolve(name), HexFormat.of().parseHex(magic));
        append(log, accept(1));

        readAll();

        assertThat(read.numbers()).containsExactly(1L);
        assertThat(damage.isWhole()).isFalse();
        assertThat(damage.take()).singleElement().asString().contains(name, tool);
    }

    @Test
    void aFileThatIsNamedAndCannotBeUnpackedIsRefused() throws IOException {
        Files.write(log, new byte[] {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd, 0});

        assertThatThrownBy(this::readAll).hasMessageContaining("unzstd");
    }

    @Test
    void whatElseBearsTheNameIsSaidToBeLeftOut() throws IOException {
        append(log, accept(1));
        append(directory.resolve("flows.log.mine"), accept(2));
        append(directory.resolve("flows-other.log"), accept(3));
        Files.createDirectory(directory.resolve("flows.log.1"));

        readAll();

        assertThat(read.numbers()).containsExactly(1L);
        assertThat(damage.isWhole()).isTrue();
        assertThat(damage.take())
                .hasSize(2)
                .allMatch(sentence -> sentence.contains("was not read"))
                .anyMatch(sentence -> sentence.contains("flows.log.mine"));
    }

    @Test
    void copiesCountOnce() throws IOException {
        String lines = accept(1) + accept(2);
        append(directory.resolve("flows.log.1"), lines);
        gzip(directory.resolve("flows.log.1.gz"), lines);
        append(directory.resolve("flows.log-20261126"), lines);
        append(log, accept(3));

        readAll();

        assertThat(read.numbers()).containsExactly(1L, 2L, 3L);
    }

    @Test
    void betweenTheCopyAndTheEmptyingEachLineCountsOnce() throws IOException {
        append(directory.resolve("flows.log.1"), accept(1) + accept(2));
        append(log, accept(1) + accept(2) + accept(3));

        readAll();

        assertThat(read.numbers()).containsExactly(1L, 2L, 3L);
    }

    @Test
    void aHeaderThatLogsHaveInCommonMakesThemNoCopies() throws IOException {
        String header =
                "version account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes start end"
                        + " action log-status\n";
        String record = "2 1 eni-0a1 198.51.100.7 10.0.1.10 49761 443 6 20 4249 1764310000 17643100%02d ACCEPT OK\n";
        append(directory.resolve("flows.log.2"), header + record.formatted(1).repeat(3));
        append(directory.resolve("flows.log.1"), header + record.formatted(2).repeat(3));
        append(log, header);

        readAll();

        assertThat(read.numbers()).hasSize(6);
    }

    @Test
    void severalCompressedPartsBehindEachOtherAreOneFile() throws IOException {
        var parts = new ByteArrayOutputStream();
        for (int part = 0; part < 3; part++) {
            try (var out = new GZIPOutputStream(parts)) {
                for (int i = 1; i <= 3000; i++) {
                    out.write(accept(i)
                            .replace("ab12cd34", Integer.toHexString(Integer.hashCode(i * 0x9E37_79B9)))
                            .getBytes(StandardCharsets.UTF_8));
                }
            }
        }
        Files.write(log, parts.toByteArray());

        readAll();

        assertThat(damage.take()).isEmpty();
        assertThat(read.numbers()).hasSize(9000);
    }

    private void readAll() throws IOException {
        new FlowLogReader(log, new FlowFilter(), read, damage).readAll();
    }
}
