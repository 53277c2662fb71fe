package io.secgroupd.controlplane.edit.draft;

import io.secgroupd.controlplane.edit.text.SourceText;
import io.secgroupd.controlplane.edit.text.Splice;
import io.secgroupd.controlplane.edit.text.TextNode;
import java.util.ArrayList;
import java.util.List;

/** Makes a list that stands in the text the only value of a new map: {@code [a]} becomes {@code { entries: [a] }}. */
final class Wrapping {

    private final SourceText source;
    private final TextStyle style;
    private final TextNode.Child holder;

    /** @param holder whose value the list is */
    Wrapping(SourceText source, TextStyle style, TextNode.Child holder) {
        this.source = source;
        this.style = style;
        this.holder = holder;
    }

    /** Reports whether the only value of a new map is the list that stands in the text. */
    static boolean wraps(DraftMap map, TextNode origin) {
        return map.entries().size() == 1
                && map.entries()
                        .get(0)
                        .value()
                        .origin()
                        .filter(node -> node == origin)
                        .isPresent();
    }

    List<Splice> splices(DraftMap map) {
        String key = Words.key(map.entries().get(0).key(), style.json());
        var list = (TextNode.TextList) holder.value();
        if (!list.flow()) {
            return block(list, key);
        }
        return List.of(
                Splice.insertion(list.start(), "{" + style.bracePad() + key + ": "),
                Splice.insertion(list.end(), style.bracePad() + "}"));
    }

    /** The key stands in the column of the dashes, which move to the right when that is the column of the holder. */
    private List<Splice> block(TextNode.TextList list, String key) {
        int first = list.items().get(0).start();
        int column = source.column(first);
        int move = column > source.column(holder.start()) ? 0 : style.step();
        int line = source.lineStart(first);
        var splices = new ArrayList<Splice>();
        splices.add(Splice.insertion(line, " ".repeat(column + move) + key + ":" + source.lineBreak(first)));
        for (; line < list.end(); line = source.nextLine(line)) {
            if (source.skipBlanks(line) < source.lineEnd(line)) {
                splices.add(Splice.insertion(line, " ".repeat(move)));
            }
        }
        return splices;
    }
}
