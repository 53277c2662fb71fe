package io.secgroupd.controlplane.edit.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Where a new line goes when lines around it are deleted. */
class SplicesTest {

    @Test
    void aLineBehindSeveralDeletedOnesComesBehindTheLineAboveThem() {
        assertThat(with("a\nb\nc\nd\n", Splice.deletion(2, 4), Splice.deletion(4, 6), Splice.insertion(5, "\nnew")))
                .isEqualTo("a\nnew\nd\n");
        assertThat(with(
                        "a\r\nb\r\nc\r\nd",
                        Splice.deletion(6, 9),
                        Splice.deletion(3, 6),
                        Splice.insertion(7, "\r\nnew")))
                .isEqualTo("a\r\nnew\r\nd");
    }

    @Test
    void aLineInFrontOfADeletedOneOrBehindItStaysThere() {
        assertThat(with("a\nb\nc\n", Splice.deletion(2, 4), Splice.insertion(2, "new\n")))
                .isEqualTo("a\nnew\nc\n");
        assertThat(with("a\nb\nc\n", Splice.deletion(2, 4), Splice.insertion(4, "new\n")))
                .isEqualTo("a\nnew\nc\n");
        assertThat(with("a\nb\n", Splice.deletion(2, 4), Splice.insertion(4, "new\n")))
                .isEqualTo("a\nnew\n");
    }

    @Test
    void aLineInFrontOfAReplacedWordStaysThereWhenTheLineAboveIsDeleted() {
        assertThat(with("a\nb\nc\n", Splice.deletion(2, 4), new Splice(4, 5, "C"), Splice.insertion(4, "new\n")))
                .isEqualTo("a\nnew\nC\n");
    }

    @Test
    void whatStandsWithinADeletedPieceOfALineTakesItsPlace() {
        assertThat(with("abcd", Splice.deletion(1, 3), Splice.insertion(2, "X")))
                .isEqualTo("aXd");
        assertThat(with("abcd", Splice.deletion(0, 2), Splice.insertion(1, "X")))
                .isEqualTo("Xcd");
    }

    private static String with(String text, Splice... splices) {
        return Splices.apply(text, List.of(splices));
    }
}
