package io.secgroupd.controlplane.edit.draft;

import io.secgroupd.controlplane.edit.text.NotEditableException;
import io.secgroupd.controlplane.edit.text.SourceText;
import io.secgroupd.controlplane.edit.text.Splice;
import io.secgroupd.controlplane.edit.text.TextNode;
import java.util.List;

/** Puts a new value in the place of one that stands in the text. */
final class Replacement {

    private final SourceText source;
    private final TextStyle style;
    private final TextNode.Child holder;
    private final Renderer renderer;

    /** @param holder whose value is replaced */
    Replacement(SourceText source, TextStyle style, TextNode.Child holder) {
        this.source = source;
        this.style = style;
        this.holder = holder;
        this.renderer = new Renderer(style, source.lineBreak(holder.start()));
    }

    List<Splice> by(DraftNode after) {
        TextNode before = holder.value();
        if (before instanceof TextNode.TextScalar scalar) {
            return List.of(new Splice(scalar.start(), scalar.end(), ofScalar(scalar, after)));
        }
        if (before instanceof TextNode.TextList list && !list.flow()) {
            var gone = new Children(list, false, list.items(), List.of());
            return new BlockSplicer(source, style, gone, holder).replaced(renderer.flow(after));
        }
        if (before instanceof TextNode.TextMap map && !map.flow()) {
            throw NotEditableException.at(source, map.start(), "a map stands here, and is not replaced as a whole");
        }
        return List.of(new Splice(before.start(), before.end(), renderer.flow(after)));
    }

    private String ofScalar(TextNode.TextScalar before, DraftNode after) {
        String text = after instanceof DraftScalar scalar
                ? Words.value(scalar, style.json(), before.quoting())
                : renderer.flow(after);
        return text + comment(before);
    }

    /** The comment on the line of the {@code |} or {@code >}: the only one that can stand within a scalar. */
    private String comment(TextNode.TextScalar before) {
        if (before.quoting() != TextNode.Quoting.BLOCK) {
            return "";
        }
        int end = source.lineEnd(before.start());
        int mark = source.slice(before.start(), end).indexOf('#');
        return mark == -1 ? "" : source.slice(source.skipBlanksBack(before.start() + mark), end);
    }
}
