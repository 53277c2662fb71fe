package io.secgroupd.daemon.cli.policy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Lines are those that Java's own reader finds, however the stream hands over its bytes. */
class QuestionLinesTest {

    @Property
    void linesAreThoseThatJavaFinds(@ForAll("texts") String text, @ForAll @IntRange(min = 1, max = 7) int atOnce)
            throws IOException {
        assertThat(lines(text, atOnce))
                .isEqualTo(new BufferedReader(new StringReader(text)).lines().toList());
    }

    @Test
    void aLineMayBeLongerThanTheBuffer() throws IOException {
        String line = "x".repeat(300_000);

        assertThat(lines("a\n" + line + "\r\n\nb", 8192)).containsExactly("a", line, "", "b");
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.of("\n", "\r", "\r\n", "a", "\u00e4b", "")
                .list()
                .ofMaxSize(12)
                .map(parts -> String.join("", parts));
    }

    private static List<String> lines(String text, int atOnce) throws IOException {
        var read = new QuestionLines(slowly(text.getBytes(UTF_8), atOnce));
        var lines = new ArrayList<String>();
        while (read.next()) {
            lines.add(read.text());
        }
        assertThat(read.next()).as("the end stays the end").isFalse();
        return lines;
    }

    /** A stream that hands over so many bytes at once. */
    private static InputStream slowly(byte[] bytes, int atOnce) {
        return new ByteArrayInputStream(bytes) {
            @Override
            public synchronized int read(byte[] buffer, int offset, int length) {
                return super.read(buffer, offset, Math.min(atOnce, length));
            }
        };
    }
}
