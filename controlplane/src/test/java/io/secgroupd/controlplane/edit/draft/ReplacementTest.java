package io.secgroupd.controlplane.edit.draft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.secgroupd.controlplane.edit.text.NotEditableException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A new value takes the place of one that is there. Where a bar stands in a text, it is a line break. */
class ReplacementTest {

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            description: >-   # for people|  two|  lines|name: n|;  description: short   # for people|name: n|
            description: >|  one # line||name: n|;                  description: short||name: n|
            description: 'it''s long' # why|;                       description: 'short' # why|
            description: "long"|;                                   description: "short"|
            description: {}|;                                       description: short|
            """)
    void aTextKeepsItsCommentAndItsQuotes(String before, String after) {
        assertThat(put(before, "description", DraftScalar.text("short"))).isEqualTo(lines(after));
    }

    @Test
    void aTextOfSeveralLinesEndsAsTheFileDoes() {
        assertThat(put("description: >\t# for people\r\n  two\r\n  lines\r\nname: n\r\n", "description", text()))
                .isEqualTo("description: short\t# for people\r\nname: n\r\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            ports: [80, 81] # web|source: any|; ports: short # web|source: any|
            ports: # which|  # web|  - 80 # http|  - 81||  # what follows|source: any|; ports: short # which||  # what follows|source: any|
            ports:|- 80; ports: short
            """)
    void aWordTakesThePlaceOfAListInAnyStyle(String before, String after) {
        assertThat(put(before, "ports", DraftScalar.word("short"))).isEqualTo(lines(after));
    }

    @Test
    void aListTakesThePlaceOfAWord() {
        DraftList peers = DraftList.of(List.of(DraftScalar.word("sg-a"), DraftScalar.word("::/0")));
        assertThat(put("source: any # all\n", "source", peers)).isEqualTo("source: [sg-a, \"::/0\"] # all\n");
    }

    @Test
    void severalItemsTakeThePlaceOfOne() {
        String lines = "source:\n  - any # all\n  - sg-b\n";
        String brackets = "source: [ any, sg-b ]\n";
        assertThat(split(lines)).isEqualTo("source:\n  - sg-x # all\n  - sg-y\n  - sg-b\n");
        assertThat(split(brackets)).isEqualTo("source: [ sg-x, sg-y, sg-b ]\n");
    }

    private static String split(String text) {
        return Rewritten.list(
                text,
                "source",
                peers -> peers.replace(
                        peers.values().get(0), List.of(DraftScalar.word("sg-x"), DraftScalar.word("sg-y"))));
    }

    @Test
    void aMapInLinesIsNotReplacedAsAWhole() {
        assertThatExceptionOfType(NotEditableException.class)
                .isThrownBy(() -> put("tags:\n  a: b\n", "tags", text()))
                .withMessage("a map stands here, and is not replaced as a whole")
                .satisfies(refused -> assertThat(refused.at()).hasToString("Optional[f:2:3]"));
    }

    private static String put(String text, String key, DraftNode value) {
        return Rewritten.text(lines(text), root -> root.put(key, value));
    }

    private static DraftScalar text() {
        return DraftScalar.text("short");
    }

    private static String lines(String text) {
        return text.replace('|', '\n');
    }
}
