package io.secgroupd.controlplane.edit.draft;

import io.secgroupd.controlplane.edit.text.Gap;
import io.secgroupd.controlplane.edit.text.NotEditableException;
import io.secgroupd.controlplane.edit.text.SourceText;
import io.secgroupd.controlplane.edit.text.Splice;
import io.secgroupd.controlplane.edit.text.TextNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Adds and removes children of a collection that is written with one or more lines for each. */
final class BlockSplicer {

    private final SourceText source;
    private final TextStyle style;
    private final Children children;
    private final TextNode.Child holder;
    private final Set<Integer> kept;
    private final List<Splice> splices = new ArrayList<>();

    /** @param holder what has the collection as its value */
    BlockSplicer(SourceText source, TextStyle style, Children children, TextNode.Child holder) {
        this.source = source;
        this.style = style;
        this.children = children;
        this.holder = holder;
        this.kept = children.kept();
    }

    List<Splice> splices() {
        if (kept.isEmpty()) {
            emptied();
        } else {
            insertInFront(children.newInFront());
            children.newBehind().forEach((end, slots) -> insert(slots, source.lineEnd(end)));
        }
        removeOthers();
        return splices;
    }

    /** Puts a value of one line in the place of the whole collection. */
    List<Splice> replaced(String value) {
        putBehindColon(value, entry());
        removeOthers();
        return splices;
    }

    private void emptied() {
        TextNode.TextEntry entry = entry();
        if (children.slots().isEmpty()) {
            putBehindColon(children.isMap() ? "{}" : "[]", entry);
        } else {
            insert(children.slots(), source.lineAbove(firstLine(0)));
        }
    }

    private TextNode.TextEntry entry() {
        if (holder instanceof TextNode.TextEntry entry) {
            return entry;
        }
        throw NotEditableException.at(source, children.collection().start(), "nothing else can stand here");
    }

    private void putBehindColon(String value, TextNode.TextEntry entry) {
        splices.add(Splice.insertion(entry.colon() + 1, " " + value));
    }

    private void insertInFront(List<Children.Slot> slots) {
        int first = 0;
        while (!kept.contains(children.origins().get(first).start())) {
            first++;
        }
        if (!slots.isEmpty()) {
            insert(slots, source.lineAbove(firstLine(first)));
        }
    }

    private void insert(List<Children.Slot> slots, int lineEnd) {
        TextNode.Child like = children.origins().get(children.origins().size() - 1);
        int column = source.column(children.origins().get(0).start());
        var renderer = new Renderer(style, source.lineBreak(lineEnd));
        List<String> texts = renderer.inBlock(slots, column, like.value(), dash(like));
        splices.add(Splice.insertion(lineEnd, renderer.lines(texts, column)));
    }

    /** The dash with the blanks behind it, as a neighbour has it. */
    private String dash(TextNode.Child like) {
        int value = like.value().start();
        return source.isBlank(like.start() + 1, value) ? source.slice(like.start(), value) : "- ";
    }

    private void removeOthers() {
        for (int i = 0; i < children.origins().size(); i++) {
            if (!kept.contains(children.origins().get(i).start())) {
                remove(i);
            }
        }
    }

    private void remove(int i) {
        TextNode.Child child = children.origins().get(i);
        int start = child.start();
        if (source.isBlank(source.lineStart(start), start)) {
            splices.add(Splice.deletion(firstLine(i), source.nextLine(child.end())));
        } else {
            removeBehindDash(child, children.origins().get(i + 1).start());
        }
    }

    private int firstLine(int i) {
        int floor = i == 0 ? holder.start() : children.origins().get(i - 1).end();
        return Comments.firstLine(source, children.origins().get(i).start(), floor);
    }

    /** The first of several children behind the dash of an item: {@code - key: value}. The next one may move up to the dash. */
    private void removeBehindDash(TextNode.Child first, int next) {
        int line = source.lineEnd(first.end());
        boolean movesUp = kept.contains(next) && !Gap.hasComment(source, line, next);
        splices.add(
                movesUp
                        ? Splice.deletion(first.start(), next)
                        : Splice.deletion(source.skipBlanksBack(first.start()), line));
    }
}
