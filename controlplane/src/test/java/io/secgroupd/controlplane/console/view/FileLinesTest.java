package io.secgroupd.controlplane.console.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.controlplane.console.view.FileLines.Shown;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** The difference of two texts is complete, short, and shows a few lines around. */
class FileLinesTest {

    @Test
    void linesAroundADifferenceAreShownAndTheOthersLeftOut() {
        List<Shown> shown = shown("a\nb\nc\nd\ne\nf\ng\nh\n", "a\nb\nc\nd\nx\ny\nf\ng\nh\n");
        assertThat(shown)
                .extracting(line -> line.kind() + line.text())
                .containsExactly("…", " b", " c", " d", "-e", "+x", "+y", " f", " g", " h");
        assertThat(shown.get(4)).isEqualTo(new Shown("-", "e", 5, 0));
        assertThat(shown.get(5)).isEqualTo(new Shown("+", "x", 0, 5));
    }

    @Test
    void nothingIsShownOfTheSame() {
        assertThat(shown("a\nb\n", "a\nb\n")).isEmpty();
    }

    @Test
    void aFileThatWasEmptyComesWhole() {
        assertThat(shown("", "a\nb\n")).extracting(Shown::kind).containsExactly("+", "+");
    }

    /** Whoever takes the lines that go and puts those that come gets the new text. */
    @Property(tries = 300)
    void theLinesLeadFromTheOneTextToTheOther(@ForAll long seed) {
        var random = new Random(seed);
        List<String> before = lines(random);
        List<String> after = lines(random);
        List<Shown> all = LineDiff.between(before, after);
        assertThat(all.stream().filter(one -> one.old() > 0).map(Shown::text)).isEqualTo(before);
        assertThat(all.stream().filter(one -> one.now() > 0).map(Shown::text)).isEqualTo(after);
    }

    private static List<String> lines(Random random) {
        var lines = new ArrayList<String>();
        for (int i = random.nextInt(12); i > 0; i--) {
            lines.add(String.valueOf((char) ('a' + random.nextInt(4))));
        }
        return lines;
    }

    private static List<Shown> shown(String before, String after) {
        return FileLines.between(before.getBytes(StandardCharsets.UTF_8), after.getBytes(StandardCharsets.UTF_8))
                .shown();
    }
}
