package io.secgroupd.controlplane.edit.draft;

import io.secgroupd.controlplane.edit.text.SourceText;
import io.secgroupd.controlplane.edit.text.TextNode;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * How a file is written: what is new in it is written in the same way. The first sample of each kind decides.
 *
 * @param step       blanks by which the keys of a map stand to the right of the key that it belongs to
 * @param dashOffset blanks by which the dashes of a list do
 * @param bracePad   what stands behind an opening brace and before a closing one
 * @param json       whether keys are in double quotes, as in JSON
 */
record TextStyle(int step, int dashOffset, String bracePad, boolean json) {

    private static final int STEP = 2;

    static TextStyle of(SourceText source, TextNode root) {
        int step = offset(source, root, TextStyle::keys, STEP);
        int dashOffset = offset(source, root, TextStyle::dashes, step);
        return new TextStyle(step, dashOffset, bracePad(source, root), isJson(root));
    }

    /** How far the children of one kind stand to the right of their key. */
    private static int offset(
            SourceText source,
            TextNode root,
            Function<TextNode, Stream<? extends TextNode.Child>> kind,
            int otherwise) {
        return nodes(root)
                .flatMap(TextStyle::keys)
                .flatMap(key ->
                        kind.apply(key.value()).map(child -> source.column(child.start()) - source.column(key.start())))
                .findFirst()
                .orElse(otherwise);
    }

    private static Stream<? extends TextNode.Child> keys(TextNode node) {
        return node instanceof TextNode.TextMap map && !map.flow() ? children(map) : Stream.empty();
    }

    private static Stream<? extends TextNode.Child> dashes(TextNode node) {
        return node instanceof TextNode.TextList list && !list.flow() ? children(list) : Stream.empty();
    }

    private static String bracePad(SourceText source, TextNode root) {
        return nodes(root)
                .filter(node -> source.hasAt(node.start(), '{'))
                .filter(node -> children(node).findFirst().isPresent())
                .findFirst()
                .map(map -> source.hasAt(map.start() + 1, ' ') ? " " : "")
                .orElse(" ");
    }

    private static boolean isJson(TextNode root) {
        return root instanceof TextNode.TextMap map
                && map.flow()
                && map.entries().stream().limit(1).anyMatch(entry -> entry.key().quoting() == TextNode.Quoting.DOUBLE);
    }

    /** All nodes of a tree, those of one depth before the deeper ones, as far as somebody asks for them. */
    private static Stream<TextNode> nodes(TextNode root) {
        return Stream.iterate(List.of(root), level -> !level.isEmpty(), TextStyle::deeper)
                .flatMap(List::stream);
    }

    private static List<TextNode> deeper(List<TextNode> level) {
        return level.stream()
                .flatMap(TextStyle::children)
                .map(TextNode.Child::value)
                .toList();
    }

    private static Stream<? extends TextNode.Child> children(TextNode node) {
        if (node instanceof TextNode.TextMap map) {
            return map.entries().stream();
        }
        return node instanceof TextNode.TextList list ? list.items().stream() : Stream.empty();
    }
}
