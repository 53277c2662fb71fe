package io.secgroupd.controlplane.edit.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
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
    void anEmptyFileIsAnEmptyScalar() {
        assertThat(TreeReader.read(source("# nothing\n"))).isInstanceOf(TextNode.TextScalar.class);
    }

    private static SourceText source(String text) {
        return SourceText.of("f", text.getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> pieces(String text) {
        SourceText source = source(text);
        var pieces = new ArrayList<String>();
        children(source, TreeReader.read(source), pieces);
        return pieces;
    }

    private static void children(SourceText source, TextNode node, List<String> pieces) {
        if (node instanceof TextNode.TextMap map) {
            for (TextNode.TextEntry entry : map.entries()) {
                pieces.add(source.slice(entry.value().start(), entry.value().end()));
                children(source, entry.value(), pieces);
            }
        } else if (node instanceof TextNode.TextList list) {
            for (TextNode.TextItem item : list.items()) {
                pieces.add(source.slice(item.start(), item.end()));
                children(source, item.value(), pieces);
            }
        }
    }
}
