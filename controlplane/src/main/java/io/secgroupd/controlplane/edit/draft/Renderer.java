package io.secgroupd.controlplane.edit.draft;

import io.secgroupd.controlplane.edit.text.TextNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Writes new nodes. */
final class Renderer {

    private final TextStyle style;
    private final String lineBreak;

    Renderer(TextStyle style, String lineBreak) {
        this.style = style;
        this.lineBreak = lineBreak;
    }

    /** On one line, collections in brackets and braces. */
    String flow(DraftNode node) {
        if (node instanceof DraftMap map) {
            String inside = map.entries().stream()
                    .map(entry -> flow(entry.key(), entry.value()))
                    .collect(Collectors.joining(", "));
            return inside.isEmpty() ? "{}" : "{" + style.bracePad() + inside + style.bracePad() + "}";
        }
        if (node instanceof DraftList list) {
            return list.values().stream().map(this::flow).collect(Collectors.joining(", ", "[", "]"));
        }
        return Words.value((DraftScalar) node.read(), style.json());
    }

    /** {@code key: value} on one line. */
    String flow(String key, DraftNode value) {
        return key(key, value) + ": " + flow(value);
    }

    private String key(String key, DraftNode value) {
        boolean quoted = value instanceof DraftScalar scalar && scalar.kind() == DraftScalar.ScalarKind.QUOTED;
        return Words.key(key, quoted || style.json());
    }

    /** The lines of an entry in a column, the first without its indentation. */
    String block(String key, DraftNode value, int column, boolean spread) {
        if (value instanceof DraftMap map && spread && !map.entries().isEmpty()) {
            int inner = column + style.step();
            return key(key, value) + ":" + lineBreak + " ".repeat(inner) + entries(map, inner);
        }
        if (value instanceof DraftList list && hasMaps(list)) {
            return key(key, value) + ":" + lines(items(list), column + style.dashOffset());
        }
        return flow(key, value);
    }

    /** The lines of the entries of a map in a column, the first without its indentation. */
    String entries(DraftMap map, int column) {
        return map.entries().stream()
                .map(entry -> block(entry.key(), entry.value(), column, isSpread(entry.value())))
                .collect(Collectors.joining(lineBreak + " ".repeat(column)));
    }

    private List<String> items(DraftList list) {
        return list.values().stream().map(item -> "- " + flow(item)).toList();
    }

    /** Each on a line of its own in a column, a line break before each. */
    String lines(List<String> texts, int column) {
        return texts.stream().map(text -> lineBreak + " ".repeat(column) + text).collect(Collectors.joining());
    }

    /** Reports whether a new value takes several lines where nothing beside it decides. */
    static boolean isSpread(DraftNode value) {
        return value instanceof DraftMap map && map.isSpread();
    }

    static boolean hasMaps(DraftList list) {
        return !list.items().isEmpty() && list.values().stream().allMatch(DraftMap.class::isInstance);
    }

    /**
     * The texts of new children, each with what has to stand before the value.
     *
     * @param like a value beside which they come: if it is a map, new maps are written as it is
     */
    List<String> inBlock(List<Children.Slot> slots, int column, TextNode like, String dash) {
        var texts = new ArrayList<String>();
        for (Children.Slot slot : slots) {
            boolean spread = isSpread(slot.value(), like);
            texts.add(slot.key()
                    .map(key -> block(key, slot.value(), column, spread))
                    .orElseGet(() -> dash + item(slot.value(), column + dash.length(), spread)));
        }
        return texts;
    }

    private static boolean isSpread(DraftNode value, TextNode like) {
        boolean decided = like instanceof TextNode.TextMap map && !map.entries().isEmpty();
        return decided ? !((TextNode.TextMap) like).flow() : isSpread(value);
    }

    private String item(DraftNode value, int column, boolean spread) {
        boolean block =
                spread && value instanceof DraftMap map && !map.entries().isEmpty();
        return block ? entries((DraftMap) value, column) : flow(value);
    }

    List<String> inFlow(List<Children.Slot> slots) {
        return slots.stream()
                .map(slot -> slot.key().map(key -> flow(key, slot.value())).orElseGet(() -> flow(slot.value())))
                .toList();
    }
}
