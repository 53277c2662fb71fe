package io.secgroupd.controlplane.edit.draft;

import io.secgroupd.controlplane.edit.text.Gap;
import io.secgroupd.controlplane.edit.text.SourceText;
import io.secgroupd.controlplane.edit.text.Splice;
import io.secgroupd.controlplane.edit.text.TextNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Adds and removes children of a collection in brackets or braces. A comma behind the last child is kept where there was one,
 * and never added where there was none: JSON knows no such comma.
 */
final class FlowSplicer {

    private final SourceText source;
    private final Children children;
    private final Set<Integer> kept;
    private final Renderer renderer;
    private final TextStyle style;
    private final int open;
    private final int close;
    private final int[] commas;
    private final boolean commaLast;
    private final List<Splice> splices = new ArrayList<>();

    FlowSplicer(SourceText source, TextStyle style, Children children) {
        this.source = source;
        this.style = style;
        this.children = children;
        this.kept = children.kept();
        this.open = children.collection().start();
        this.close = children.collection().end() - 1;
        this.renderer = new Renderer(style, source.lineBreak(open));
        int count = children.origins().size();
        this.commas = new int[count];
        for (int i = 0; i < count; i++) {
            int end = i + 1 < count ? child(i + 1).start() : close;
            commas[i] = Gap.find(source, ',', child(i).end(), end);
        }
        this.commaLast = count > 0 && commas[count - 1] >= 0;
    }

    private TextNode.Child child(int i) {
        return children.origins().get(i);
    }

    /**
     * The splices.
     *
     * @param holder the entry of a block map whose value the collection is, if it is one
     */
    List<Splice> splices(TextNode.@Nullable TextEntry holder) {
        if (holder != null && isOpenedUp()) {
            openUp(holder);
        } else if (kept.isEmpty()) {
            refill();
        } else {
            change();
        }
        return splices;
    }

    /** An empty collection gets lines of its own where what comes into it usually has. */
    private boolean isOpenedUp() {
        boolean lines = children.slots().stream()
                .map(Children.Slot::value)
                .allMatch(value -> children.isMap() ? Renderer.isSpread(value) : value instanceof DraftMap);
        return children.origins().isEmpty()
                && lines
                && source.isBlank(open + 1, close)
                && Comments.isRestOfLine(source, close + 1);
    }

    private void openUp(TextNode.TextEntry holder) {
        int column = source.column(holder.start()) + (children.isMap() ? style.step() : style.dashOffset());
        splices.add(Splice.deletion(Math.max(holder.colon() + 1, source.skipBlanksBack(open)), close + 1));
        List<String> texts = renderer.inBlock(children.slots(), column, children.collection(), "- ");
        splices.add(Splice.insertion(source.lineEnd(close), renderer.lines(texts, column)));
    }

    private void refill() {
        String inside = String.join(", ", renderer.inFlow(children.slots()));
        String pad = children.isMap() && !inside.isEmpty() ? style.bracePad() : "";
        if (commas.length > 0 ? isOneLine() : close == open + 1) {
            splices.add(new Splice(open + 1, close, pad + inside + pad));
            return;
        }
        splices.add(Splice.insertion(open + 1, pad + inside));
        for (int i = 0; i < commas.length; i++) {
            remove(i);
        }
    }

    /** Reports whether nothing but children, commas and blanks stands between the brackets. */
    private boolean isOneLine() {
        int from = open + 1;
        for (int i = 0; i < commas.length; i++) {
            if (!source.isBlank(from, child(i).start())) {
                return false;
            }
            from = behind(i);
        }
        return source.isBlank(from, close);
    }

    private void change() {
        Map<Integer, List<Children.Slot>> newBehind = children.newBehind();
        int lastKept = commas.length - 1;
        while (!kept.contains(child(lastKept).start())) {
            lastKept--;
        }
        insertInFront(children.newInFront());
        for (int i = 0; i < commas.length; i++) {
            if (!kept.contains(child(i).start())) {
                remove(i);
                continue;
            }
            List<Children.Slot> more = newBehind.getOrDefault(child(i).start(), List.of());
            comma(i, i < lastKept || !more.isEmpty() || commaLast);
            insert(i, more, i < lastKept || commaLast);
        }
    }

    private void insertInFront(List<Children.Slot> slots) {
        int first = 0;
        while (!kept.contains(child(first).start())) {
            first++;
        }
        for (String text : renderer.inFlow(slots)) {
            splices.add(Splice.insertion(child(first).start(), text + ", "));
        }
    }

    private void comma(int i, boolean wanted) {
        if (commas[i] < 0 && wanted) {
            splices.add(Splice.insertion(child(i).end(), ","));
        } else if (commas[i] >= 0 && !wanted) {
            int next = i + 1 < commas.length ? child(i + 1).start() : close;
            boolean sameLine = source.isBlank(commas[i] + 1, next);
            splices.add(Splice.deletion(commas[i], sameLine ? next : commas[i] + 1));
        }
    }

    private void insert(int i, List<Children.Slot> slots, boolean commaBehind) {
        if (slots.isEmpty()) {
            return;
        }
        List<String> texts = renderer.inFlow(slots);
        var inserted = new StringBuilder();
        boolean ownLine = hasOwnLines(i);
        String before = ownLine ? source.lineBreak(child(i).start()) + indentation(i) : " ";
        for (int k = 0; k < texts.size(); k++) {
            inserted.append(before).append(texts.get(k)).append(k + 1 < texts.size() || commaBehind ? "," : "");
        }
        splices.add(Splice.insertion(ownLine ? source.lineEnd(behind(i)) : behind(i), inserted.toString()));
    }

    private String indentation(int i) {
        return source.slice(source.lineStart(child(i).start()), child(i).start());
    }

    /** Behind the child and its comma. */
    private int behind(int i) {
        return commas[i] >= 0 ? commas[i] + 1 : child(i).end();
    }

    private boolean hasOwnLines(int i) {
        int start = child(i).start();
        return source.isBlank(source.lineStart(start), start) && Comments.isRestOfLine(source, behind(i));
    }

    private void remove(int i) {
        int start = child(i).start();
        if (hasOwnLines(i)) {
            int floor = i > 0 ? behind(i - 1) : open;
            int first = Comments.firstLine(source, start, floor);
            splices.add(Splice.deletion(first, source.nextLine(behind(i))));
            return;
        }
        int next = source.skipBlanks(behind(i));
        int before = source.skipBlanksBack(start);
        boolean last = next == close || next == source.lineEnd(next) || source.hasAt(next, '#');
        boolean first = before == open + 1 || before == source.lineStart(start);
        splices.add(last && !first ? Splice.deletion(before, behind(i)) : Splice.deletion(start, next));
    }
}
