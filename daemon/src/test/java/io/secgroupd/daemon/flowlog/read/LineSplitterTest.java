package io.secgroupd.daemon.flowlog.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.daemon.testkit.DecisionLine;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Lines of a file that grows, in whatever pieces it is read. */
class LineSplitterTest {

    private static final String OURS = DecisionLine.accept().json().strip();

    /** Gives at most so many bytes at once. */
    private static final class Pieces extends InputStream {
        private final InputStream in;
        private final int most;

        Pieces(String text, int most) {
            this.in = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
            this.most = most;
        }

        @Override
        public int read() throws IOException {
            return in.read();
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            return in.read(bytes, offset, Math.min(most, length));
        }
    }

    @Property(tries = 300)
    void linesAreTheSameInWhateverPiecesTheyCome(
            @ForAll @Size(max = 30) List<@IntRange(max = 400) Integer> lengths,
            @ForAll @IntRange(min = 1, max = 700) int piece)
            throws IOException {
        List<String> lines = lengths.stream()
                .map(length -> length % 3 == 0 ? OURS : "x".repeat(length))
                .toList();
        String text = lines.stream().map(line -> line + "\n").collect(Collectors.joining());

        assertThat(read(new LineSplitter(new Pieces(text, piece)))).isEqualTo(lines);
    }

    @Test
    void halfALineIsLeftUntilItsEndComes() throws IOException {
        var lines = new LineSplitter(new Pieces("one\ntw", 100));
        assertThat(read(lines)).containsExactly("one");

        lines.goOn(new Pieces("o\nthree", 100));
        assertThat(read(lines)).containsExactly("two");
        assertThat(lines.takeHalfLine()).isTrue();
        assertThat(text(lines)).isEqualTo("three");
        assertThat(lines.takeHalfLine()).isFalse();
    }

    @Test
    void aLineHasItsNumberWhoeverReadsIt() throws IOException {
        var lines = new LineSplitter(new Pieces("\n" + OURS + "\nx\n" + OURS + "\n", 100_000));
        read(lines);

        assertThat(lines.number()).isEqualTo(4);
    }

    /** A file without line ends must not fill the memory, and what comes after it is read. */
    @Test
    void aLineWithoutEndIsGivenUp() throws IOException {
        String text = "x".repeat(5 << 20) + "\n" + OURS + "\n";
        List<String> read = read(new LineSplitter(new Pieces(text, 1 << 16)));

        assertThat(read).last().isEqualTo(OURS);
        assertThat(read).allMatch(line -> line.length() <= 2 << 20);
    }

    private static List<String> read(LineSplitter lines) throws IOException {
        var read = new ArrayList<String>();
        var line = new LogLine();
        while (lines.nextOwn(line) || lines.next()) {
            read.add(text(lines));
        }
        return read;
    }

    private static String text(LineSplitter lines) {
        return new String(lines.buffer(), lines.lineFrom(), lines.lineTo() - lines.lineFrom(), StandardCharsets.UTF_8);
    }
}
