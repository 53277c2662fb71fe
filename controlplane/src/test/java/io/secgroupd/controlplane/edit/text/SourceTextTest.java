package io.secgroupd.controlplane.edit.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SourceTextTest {

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "a\n", "a\r\nb", "\ufeffa\r\n", "\ufeff", "\ud83d\ude00\n\r\n", "a\n\n"})
    void withoutChangesTheBytesAreTheSame(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        assertThat(SourceText.of("f", bytes).with(List.of())).isEqualTo(bytes);
    }

    @Test
    void insertionsAtOnePlaceKeepTheirOrderAndComeBeforeWhatIsReplaced() {
        assertThat(with("abc", new Splice(1, 2, "X"), Splice.insertion(1, "1"), Splice.insertion(1, "2")))
                .isEqualTo("a12Xc");
    }

    @Test
    void deletionsMayOverlap() {
        assertThat(with("abcdef", Splice.deletion(1, 4), Splice.deletion(2, 3), Splice.deletion(3, 5)))
                .isEqualTo("af");
    }

    @Test
    void whatComesBehindADeletedLineComesBehindTheLineAbove() {
        assertThat(with("a\nb\nc\n", Splice.deletion(2, 4), Splice.insertion(3, "\nnew")))
                .isEqualTo("a\nnew\nc\n");
        assertThat(with("a\r\nb\r\nc", Splice.deletion(6, 7), Splice.insertion(7, "\r\nnew")))
                .isEqualTo("a\r\nb\r\nnew");
    }

    @Test
    void aMissingLastLineBreakStaysMissing() {
        assertThat(with("a\nb", Splice.deletion(2, 3))).isEqualTo("a");
        assertThat(with("a\r\nb", Splice.deletion(3, 4))).isEqualTo("a");
        assertThat(with("a\nb\n", Splice.deletion(2, 4))).isEqualTo("a\n");
        assertThat(with("a", Splice.deletion(0, 1))).isEmpty();
    }

    @Test
    void aPlaceCountsLinesAndCodePointsFromOne() {
        SourceText source = source("a\r\n\ud83d\ude00b\nc\n");
        assertThat(source.location(0)).hasToString("f:1:1");
        assertThat(source.location(3)).hasToString("f:2:1");
        assertThat(source.location(5)).hasToString("f:2:2");
        assertThat(source.location(7)).hasToString("f:3:1");
        assertThat(source.location(9)).as("the end").hasToString("f:4:1");
        assertThat(source("a\n\nb").location(4)).as("the end of a line").hasToString("f:3:2");
    }

    @Test
    void aLineMayEndWithACarriageReturnAlone() {
        SourceText source = source("a\rb\r");
        assertThat(source.lineStarts()).containsExactly(0, 2);
        assertThat(source.lineBreak(0)).isEqualTo("\r");
        assertThat(source.lineAbove(2)).isEqualTo(1);
        assertThat(source.location(2)).hasToString("f:2:1");
    }

    @Test
    void aNewLineEndsAsItsNeighbourDoes() {
        SourceText source = source("a\nb\r\nc");
        assertThat(source.lineBreak(0)).isEqualTo("\n");
        assertThat(source.lineBreak(2)).isEqualTo("\r\n");
        assertThat(source.lineBreak(5)).isEqualTo("\r\n");
        assertThat(source("a").lineBreak(0)).isEqualTo("\n");
        assertThat(source("\na").lineBreak(1)).as("the first line is empty").isEqualTo("\n");
    }

    @Test
    void blanksAndTabsAreSkippedToTheEndsOfTheText() {
        SourceText source = source(" \ta\t ");
        assertThat(source.skipBlanks(0)).isEqualTo(2);
        assertThat(source.skipBlanks(3)).isEqualTo(5);
        assertThat(source.skipBlanksBack(5)).isEqualTo(3);
        assertThat(source.skipBlanksBack(2)).isZero();
        assertThat(source.isBlank(0, 2)).isTrue();
    }

    @Test
    void onlyATextOfTheSameLengthHasTheSamePlaces() {
        assertThat(source("a\nb").withSameLength(" \n ").location(2)).hasToString("f:2:1");
        assertThatThrownBy(() -> source("a\nb").withSameLength("a\n")).isInstanceOf(IllegalArgumentException.class);
    }

    private static SourceText source(String text) {
        return SourceText.of("f", text.getBytes(StandardCharsets.UTF_8));
    }

    private static String with(String text, Splice... splices) {
        return new String(source(text).with(List.of(splices)), StandardCharsets.UTF_8);
    }
}
