package io.secgroupd.controlplane.edit.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The engine counts code points and ends a block where the next one begins: here every node has the very text that it is. */
class TreeReaderTest {

    @Test
    void everyNodeIsThePieceOfTextThatItIs() {
        assertThat(pieces("""
                \ud83d\ude00: [ a , {b: "c\ud83d\ude00"} ]   # \ud83d\ude00
                list:
                # above
                - 'it''s'   # behind

                -   x: |-  # header
                      two
                      lines

                    y: plain
                      text
                # below
                last: *a
                """.replace("- 'it", "- &a 'it")))
                .containsExactly(
                        "[ a , {b: \"c\ud83d\ude00\"} ]",
                        "a",
                        "{b: \"c\ud83d\ude00\"}",
                        "\"c\ud83d\ude00\"",
                        "- &a 'it''s'   # behind\n\n-   x: |-  # header\n      two\n      lines\n\n    y: plain\n      text",
                        "- &a 'it''s'",
                        "-   x: |-  # header\n      two\n      lines\n\n    y: plain\n      text",
                        "|-  # header\n      two\n      lines",
                        "plain\n      text",
                        "*a");
    }

    @Test
    void aDashIsFoundBehindCommentsThatHaveDashes() {
        assertThat(pieces("a:\n  # - no\n  - # - no\n    b\n  # - no\n  - c\n"))
                .containsExactly("- # - no\n    b\n  # - no\n  - c", "- # - no\n    b", "- c");
    }

    @Test
    void aDashMayBeTheFirstCharacter() {
        assertThat(pieces("- # - no\n  a\n- b\n")).containsExactly("- # - no\n  a", "- b");
    }

    @Test
    void aTextMayBeginWithACharacterThatTakesTwoUnits() {
        assertThat(pieces("a: \ud83d\ude00b  # c\nd: e\ud83d\ude00\n"))
                .containsExactly("\ud83d\ude00b", "e\ud83d\ude00");
    }

    @Test
    void blankLinesBelowALongTextAreNoPartOfIt() {
        assertThat(pieces("a: |\n  b\n  \n\nc: >-\n  d\n   ")).containsExactly("|\n  b", ">-\n  d");
    }

    @Test
    void whatProgramsDoNotEditIsMarked() {
        assertThat(marked("""
                anchor: &a 1
                tag: !!str 2
                list: &b [3, !!int 4]
                pair: [c: 5]
                map: !!map {d: 6}
                block: &e
                  f: 7
                question: {? g : 8}
                below:
                  ? h
                  : 9
                alias: *a
                plain: [x, {y: z}, "q"]
                """))
                .containsExactly(
                        "&a 1",
                        "!!str 2",
                        "&b [3, !!int 4]",
                        "!!int 4",
                        "c: 5",
                        "!!map {d: 6}",
                        "&e\n  f: 7",
                        "{? g : 8}",
                        "? h\n  : 9",
                        "*a");
    }

    @Test
    void anAliasForAKeyIsReadAsWhatItStandsFor() {
        var map = (TextNode.TextMap) TreeReader.read(source("a: &b c\n*b : d\n"));
        TextNode.TextScalar key = map.entries().get(1).key();
        assertThat(key).isEqualTo(new TextNode.TextScalar("c", TextNode.Quoting.PLAIN, 8, 10, true));
        assertThat(map.entries().get(1).colon()).isEqualTo(11);
        assertThat(map.marked()).isFalse();
    }

    @Test
    void anEmptyFileIsAnEmptyScalar() {
        assertThat(TreeReader.read(source("# nothing\n"))).isInstanceOf(TextNode.TextScalar.class);
    }

    private static SourceText source(String text) {
        return SourceText.of("f", text.getBytes(StandardCharsets.UTF_8));
    }

    /** The values of maps and the items of lists, those with their dashes. */
    private static List<String> pieces(String text) {
        SourceText source = source(text);
        return children(TreeReader.read(source))
                .map(child -> child instanceof TextNode.TextItem item
                        ? source.slice(item.start(), item.end())
                        : source.slice(child.value().start(), child.end()))
                .toList();
    }

    private static List<String> marked(String text) {
        SourceText source = source(text);
        return children(TreeReader.read(source))
                .map(TextNode.Child::value)
                .filter(TextNode::marked)
                .map(node -> source.slice(node.start(), node.end()))
                .toList();
    }

    private static Stream<TextNode.Child> children(TextNode node) {
        List<? extends TextNode.Child> own = node instanceof TextNode.TextMap map
                ? map.entries()
                : node instanceof TextNode.TextList list ? list.items() : List.of();
        return own.stream().flatMap(child -> Stream.concat(Stream.of(child), children(child.value())));
    }
}
