package io.secgroupd.controlplane.edit.draft;

import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.controlplane.edit.text.TextNode.Quoting;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing that is written without quotes can be taken for anything but the text that it is. */
class WordsTest {

    @ParameterizedTest
    @ValueSource(strings = {"no", "On", "NULL", "1a", "a b", "a:b", "", "-a"})
    void aNameThatIsNoPlainKeyStandsInQuotes(String name) {
        assertThat(Words.key(name, false)).isEqualTo('"' + name + '"');
    }

    @ParameterizedTest
    @ValueSource(strings = {"web-1", "none", "sg_a.b"})
    void aNameThatIsAPlainKeyStandsInQuotesOnlyWhereKeysDo(String name) {
        assertThat(Words.key(name, false)).isEqualTo(name);
        assertThat(Words.key(name, true)).isEqualTo('"' + name + '"');
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            10.0.0.0/8 | 10.0.0.0/8
            -1         | -1
            80         | 80
            ::/0       | "::/0"
            off        | "off"
            -a         | "-a"
            """)
    void aWordStandsInQuotesWhereYamlTakesItForSomethingElse(String word, String written) {
        assertThat(Words.value(DraftScalar.word(word), false)).isEqualTo(written);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            web servers | web servers
            True        | "True"
            80          | "80"
            a: b        | "a: b"
            a "b" \\c   | "a \\"b\\" \\\\c"
            """)
    void aTextForPeopleIsNoNumberAndNoTruth(String text, String written) {
        assertThat(Words.value(DraftScalar.text(text), false)).isEqualTo(written);
        assertThat(Words.value(DraftScalar.quoted("web"), false)).isEqualTo("\"web\"");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            80   | 80
            -1   | -1
            0    | 0
            080  | "080"
            sg-a | "sg-a"
            """)
    void jsonHasNothingWithoutQuotesButNumbers(String word, String written) {
        assertThat(Words.value(DraftScalar.word(word), true)).isEqualTo(written);
        assertThat(Words.value(DraftScalar.text(word), true)).isEqualTo('"' + word + '"');
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            SINGLE | 'it''s'
            DOUBLE | "it's"
            PLAIN  | "it's"
            BLOCK  | "it's"
            """)
    void aTextKeepsTheQuotesOfItsPredecessor(Quoting before, String written) {
        assertThat(Words.value(DraftScalar.text("it's"), false, before)).isEqualTo(written);
    }
}
