package io.secgroupd.rules.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrintableTest {

    /** C0, DEL, C1, soft hyphen, joiners, separators, directions, a mark of byte order, half a pair, tags, fillers. */
    @ParameterizedTest(name = "{0}")
    @ValueSource(
            ints = {
                0, 7, 0x1b, 0x7f, 0x85, 0x9b, 0xad, 0x34f, 0x61c, 0x115f, 0x180e, 0x200b, 0x200d, 0x200e, 0x2028,
                0x2029, 0x202e, 0x2060, 0x2066, 0x2069, 0x3164, 0xd800, 0xdfff, 0xfdd0, 0xfeff, 0xffff, 0xe0001,
                0xe0041, 0xe01ef
            })
    void whatATerminalObeysOrDoesNotShowIsNotPrintable(int codePoint) {
        assertThat(Printable.is(codePoint)).isFalse();
        assertThat(Printable.shown("a" + Character.toString(codePoint) + "b")).isEqualTo("a?b");
    }

    @Test
    void whatPeopleWriteIs() {
        String text = "Büro Zürich, 東京, مكتب, नमस्ते, 🏢 #1";

        assertThat(Printable.firstUnprintable(text)).isEmpty();
        assertThat(Printable.shown(text)).isSameAs(text);
    }

    @Test
    void linesStayLines() {
        assertThat(Printable.shownLines("one\n\ttwo\u001b[31m\r\n")).isEqualTo("one\n\ttwo?[31m?\n");
    }
}
