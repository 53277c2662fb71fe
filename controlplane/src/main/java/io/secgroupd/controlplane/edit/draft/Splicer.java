package io.secgroupd.controlplane.edit.draft;

import io.secgroupd.controlplane.edit.text.SourceText;
import io.secgroupd.controlplane.edit.text.Splice;
import io.secgroupd.controlplane.edit.text.TextNode;
import java.util.ArrayList;
import java.util.List;

/** Finds the splices that carry the changes of a tree into the text that it was read from. */
public final class Splicer {

    private final SourceText source;
    private final TextStyle style;
    private final List<Splice> splices = new ArrayList<>();

    private Splicer(SourceText source, TextNode root) {
        this.source = source;
        this.style = TextStyle.of(source, root);
    }

    /**
     * The splices for a file; none when nothing has changed.
     *
     * @param changed the tree of the whole file
     */
    public static List<Splice> splices(SourceText source, DraftNode changed) {
        TextNode root = changed.origin().orElseThrow();
        var splicer = new Splicer(source, root);
        splicer.visit(changed, alone(root));
        return splicer.splices;
    }

    /** A node under which no lines can begin: nothing holds it, or what holds it stands in brackets. */
    private static TextNode.Child alone(TextNode node) {
        return new TextNode.TextItem(node.start(), node);
    }

    /**
     * Visits a node that stands in the text.
     *
     * @param holder what has it as its value
     */
    private void visit(DraftNode node, TextNode.Child holder) {
        if (node instanceof DraftMap map) {
            collection(Children.of(map), holder);
        } else if (node instanceof DraftList list) {
            collection(Children.of(list), holder);
        }
    }

    private void collection(Children children, TextNode.Child holder) {
        for (Children.Slot slot : children.slots()) {
            slot.origin().ifPresent(child -> inside(slot.value(), child, children.flow()));
        }
        if (!children.isSameSet()) {
            splices.addAll(
                    children.flow()
                            ? new FlowSplicer(source, style, children).splices(holder)
                            : new BlockSplicer(source, style, children, holder).splices());
        }
    }

    private void inside(DraftNode value, TextNode.Child child, boolean flow) {
        if (value.origin().isPresent()) {
            visit(value, flow ? alone(child.value()) : child);
        } else if (value instanceof DraftMap map && Wrapping.wraps(map, child.value())) {
            splices.addAll(new Wrapping(source, style, child).splices(map));
        } else {
            splices.addAll(new Replacement(source, style, child).by(value));
        }
    }
}
