package io.secgroupd.controlplane.edit.draft;

import io.secgroupd.controlplane.edit.text.Refusal;
import io.secgroupd.controlplane.edit.text.SourceText;
import io.secgroupd.controlplane.edit.text.Splice;
import io.secgroupd.controlplane.edit.text.TextNode;
import java.util.ArrayList;
import java.util.List;

/** Makes a list that stands in the text a value of a new map: {@code [a]} becomes {@code { entries: [a], name: x }}. */
final class Wrapping {

    private final SourceText source;
    private final Style style;
    private final DraftMap map;
    private final int holderColumn;

    /** @param holder whose value the list is */
    Wrapping(SourceText source, Style style, DraftMap map, TextNode.Child holder) {
        this.source = source;
        this.style = style;
        this.map = map;
        this.holderColumn = source.column(holder.start());
    }

    /** Reports whether a new map has as its first value what stands in the text. */
    static boolean wraps(DraftMap map, TextNode origin) {
        return !map.entries().isEmpty()
                && map.entries()
                        .get(0)
                        .value()
                        .origin()
                        .filter(node -> node == origin)
                        .isPresent();
    }

    /** The list, which may have changed itself. */
    DraftNode wrapped() {
        return map.entries().get(0).value();
    }

    List<Splice> splices(TextNode list) {
        return list instanceof TextNode.Sequence sequence && !sequence.flow() ? block(sequence) : flow(list);
    }

    private List<Splice> flow(TextNode list) {
        var renderer = new Renderer(style, "");
        var behind = new StringBuilder();
        for (DraftMap.Entry entry : others()) {
            behind.append(", ").append(renderer.flow(entry.key(), entry.value()));
        }
        String key = Words.key(map.entries().get(0).key(), style.json());
        return List.of(
                Splice.insertion(list.start(), "{" + style.bracePad() + key + ": "),
                Splice.insertion(list.end(), behind + style.bracePad() + "}"));
    }

    private List<DraftMap.Entry> others() {
        return map.entries().subList(1, map.entries().size());
    }

    /** The key of the list stands in the column of its dashes. */
    private List<Splice> block(TextNode.Sequence list) {
        int first = list.items().get(0).start();
        int column = source.column(first);
        if (column <= holderColumn) {
            throw Refusal.at(
                    source,
                    first,
                    "the list's dashes stand in the column of its own key, so nothing can be written beside it; move"
                            + " them to the right, or write the list under entries");
        }
        String lineBreak = source.lineBreak(first);
        String indent = " ".repeat(column);
        var renderer = new Renderer(style, lineBreak);
        var before = new StringBuilder();
        var lines = new ArrayList<String>();
        others().forEach(entry -> lines.add(renderer.flow(entry.key(), entry.value())));
        lines.add(map.entries().get(0).key() + ":");
        lines.forEach(line -> before.append(indent).append(line).append(lineBreak));
        return List.of(Splice.insertion(source.lineStart(first), before.toString()));
    }
}
