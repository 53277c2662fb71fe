package io.secgroupd.daemon.flowlog.view;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

/** Texts of a fixed width, with colours and without. */
class StyleTest {

    private static final Style PLAIN = new Style(false, false);

    @Property(tries = 500)
    void aPaddedTextHasItsWidth(
            @ForAll @StringLength(max = 60) String text, @ForAll @IntRange(min = 1, max = 40) int width) {
        assertThat(PLAIN.pad(text, width)).hasSize(width);
    }

    @Property(tries = 500)
    void aTextThatFitsIsLeftAsItIs(@ForAll @StringLength(max = 40) String text) {
        assertThat(PLAIN.fit(text, 40)).isEqualTo(text);
    }

    @Test
    void bothEndsOfALongTextStay() {
        assertThat(PLAIN.fit("2001:db8:ffff:1:5054:ff:fe12:3456", 20)).isEqualTo("2001:db8:~:fe12:3456");
        assertThat(new Style(false, true).fit("abcdefgh", 5)).isEqualTo("ab…gh");
    }

    @Property(tries = 500)
    void noCharacterIsCutInHalf(@ForAll @IntRange(min = 1, max = 12) int width) {
        String cut = PLAIN.fit("😀😁😂🤣😃😄😅", width);

        assertThat(cut).hasSizeLessThanOrEqualTo(width);
        assertThat(cut.codePoints().filter(c -> Character.getType(c) == Character.SURROGATE))
                .isEmpty();
    }

    @Test
    void withoutColourThereAreNoEscapeSequences() {
        assertThat(PLAIN.red("a")
                        + PLAIN.green("b")
                        + PLAIN.yellow("c")
                        + PLAIN.dim("d")
                        + PLAIN.bold("e")
                        + PLAIN.legend())
                .doesNotContain("\u001b");
    }

    @Test
    void everyColourEndsWithItsText() {
        Style colours = new Style(true, true);

        assertThat(colours.red("REJECT")).startsWith("\u001b[31m").endsWith("REJECT\u001b[0m");
        assertThat(colours.red("")).isEmpty();
    }

    @Test
    void rejectsAndAcceptsDifferWithoutColourToo() {
        assertThat(PLAIN.bar(2, 3)).isEqualTo("##---");
        assertThat(new Style(false, true).bar(2, 3)).isEqualTo("██▒▒▒");
    }
}
