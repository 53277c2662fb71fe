package io.secgroupd.controlplane.edit.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What stands between two nodes ends where the second one begins, whatever that is. */
class GapTest {

    @Test
    void anIndicatorIsFoundBehindCommentsAndLineBreaks() {
        assertThat(Gap.find(source("a  # , no\r\n\t, b"), ',', 1, 14)).isEqualTo(12);
        assertThat(Gap.find(source("a, b"), ',', 1, 3)).isEqualTo(1);
    }

    @Test
    void anIndicatorIsNotFoundBehindSomethingElse() {
        assertThat(Gap.find(source("a ] , b"), ',', 1, 6)).isEqualTo(-1);
    }

    @Test
    void whatBeginsAtTheEndOfTheGapIsNoPartOfIt() {
        assertThat(Gap.find(source("a , b"), ',', 1, 2)).isEqualTo(-1);
        assertThat(Gap.has(source("a ? b"), '?', 1, 2)).isFalse();
        assertThat(Gap.hasComment(source("a # b"), 1, 2)).isFalse();
        assertThat(Gap.skip(source("a # b\nc"), 1, 4)).isEqualTo(4);
    }

    @Test
    void aGapMayEndWithTheText() {
        assertThat(Gap.find(source("a \n"), ',', 1, 3)).isEqualTo(-1);
        assertThat(Gap.has(source("a \t"), '?', 1, 3)).isFalse();
        assertThat(Gap.hasComment(source("a \r\n"), 1, 4)).isFalse();
        assertThat(Gap.skip(source("a  # b"), 1, 6)).isEqualTo(6);
    }

    @Test
    void anIndicatorMayStandAnywhereInTheGapButNotInAComment() {
        assertThat(Gap.has(source("a ,  # c\n ? b"), '?', 1, 12)).isTrue();
        assertThat(Gap.has(source("a ,  # ?\n b"), '?', 1, 10)).isFalse();
    }

    @Test
    void aCommentCountsWhenItComesFirst() {
        assertThat(Gap.hasComment(source("a  # b"), 1, 6)).isTrue();
        assertThat(Gap.hasComment(source("a\n\t# b"), 1, 6)).isTrue();
        assertThat(Gap.hasComment(source("a# b"), 1, 4)).isTrue();
        assertThat(Gap.hasComment(source("a , # b"), 1, 7)).isFalse();
    }

    private static SourceText source(String text) {
        return SourceText.of("f", text.getBytes(StandardCharsets.UTF_8));
    }
}
