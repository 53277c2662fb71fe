package io.secgroupd.controlplane.edit.draft;

import io.secgroupd.controlplane.edit.text.Gap;
import io.secgroupd.controlplane.edit.text.NotEditableException;
import io.secgroupd.controlplane.edit.text.SourceText;
import io.secgroupd.controlplane.edit.text.Splice;
import io.secgroupd.controlplane.edit.text.TextNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Adds and removes children of a collection that is written with one or more lines for each. */
final class BlockSplicer {

    private final SourceText source;
    private final TextStyle style;
    private final Children children;
    private final TextNode.@Nullable TextEntry holder;
    private final Set<Integer> kept;
    private final List<Splice> splices = new ArrayList<>();

    /** @param holder the entry whose value the collection is, if it is one */
    BlockSplicer(SourceText source, TextStyle style, Children children, TextNode.@Nullable TextEntry holder) {
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
            Map<Integer, List<Children.Slot>> behind = children.newBehind();
            children.origins().stream()
                    .filter(child -> behind.containsKey(child.start()))
                    .forEach(child ->
                            insert(behind.getOrDefault(child.start(), List.of()), source.lineEnd(child.end())));
        }
        removeOthers();
        return splices;
    }

    /** Puts a value of one line in the place of the whole collection. */
    List<Splice> replaced(String value) {
        if (holder == null) {
            throw NotEditableException.at(source, children.collection().start(), "nothing else can stand here");
        }
        splices.add(Splice.insertion(holder.colon() + 1, " " + value));
        removeOthers();
        return splices;
    }

    private void emptied() {
        if (children.slots().isEmpty()) {
            replaced(children.isMap() ? "{}" : "[]");
        } else {
            insert(children.slots(), source.lineAbove(firstLine(0)));
        }
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
        boolean sameLine = !children.isMap() && source.isBlank(like.start() + 1, value);
        return sameLine ? source.slice(like.start(), value) : "- ";
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
        if (!source.isBlank(source.lineStart(start), start)) {
            removeFirstBehindDash(i);
            return;
        }
        splices.add(Splice.deletion(firstLine(i), source.nextLine(child.end())));
    }

    private int firstLine(int i) {
        int floor = i > 0
                ? children.origins().get(i - 1).end()
                : holder != null
                        ? holder.colon()
                        : source.lineStart(children.collection().start());
        return Comments.firstLine(source, children.origins().get(i).start(), floor);
    }

    /** The first key of a map that is an item: {@code - key: value}. The dash stays, and the next key may move up to it. */
    private void removeFirstBehindDash(int i) {
        TextNode.Child child = children.origins().get(i);
        boolean nextStays = i + 1 < children.origins().size()
                && kept.contains(children.origins().get(i + 1).start());
        if (nextStays) {
            int next = children.origins().get(i + 1).start();
            int line = source.lineEnd(child.end());
            if (!Gap.hasComment(source, line, next)) {
                splices.add(Splice.deletion(child.start(), next));
                return;
            }
        }
        splices.add(Splice.deletion(source.skipBlanksBack(child.start()), source.lineEnd(child.end())));
    }
}
