package io.secgroupd.controlplane.edit.draft;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How a file is written is seen in what stands in it. Where a bar stands in a text, it is a line break. */
class TextStyleTest {

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            a: b|;                       2; 2
            a:|   b: c|;                 3; 3
            a:|   b: c|d:| e: f|;        3; 3
            a: {b: {c: d}}|e: [f]|;      2; 2
            a:|- b|c:|  - d|;            2; 0
            a: [b]|c:|    - d|;          2; 4
            - a:|     b:|      - c|;     3; 1
            """)
    void theFirstLinesBelowAKeySayHowFarToTheRightOthersStand(String text, int step, int dashOffset) {
        TextStyle style = style(text);
        assertThat(style.step()).isEqualTo(step);
        assertThat(style.dashOffset()).isEqualTo(dashOffset);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            a: b|;                      ' '
            a: {}|b: [c]|;              ' '
            a: {}|b: {c: d}|;           ''
            a: { b: {c: d} }|;          ' '
            a: [{b: c}]|d: { e: f }|;   ' '
            a: [b: c]|;                 ' '
            a: &a {b: c}|d: { e: f }|;  ' '
            """)
    void theBracesFurthestOutSayWhetherBlanksStandWithinBraces(String text, String pad) {
        assertThat(style(text).bracePad()).isEqualTo(pad);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            {"a": 1, b: 2};  true
            {a: 1, "b": 2};  false
            {'a': 1};        false
            {};              false
            "a": 1;          false
            ["a"];           false
            """)
    void aFileInBracesWhoseFirstKeyHasDoubleQuotesIsJson(String text, boolean json) {
        assertThat(style(text).json()).isEqualTo(json);
    }

    private static TextStyle style(String text) {
        String lines = text.replace('|', '\n');
        return TextStyle.of(Rewritten.source(lines), Rewritten.read(lines));
    }
}
