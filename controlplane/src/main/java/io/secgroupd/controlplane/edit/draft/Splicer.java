package io.secgroupd.controlplane.edit.draft;

import io.secgroupd.controlplane.edit.text.SourceText;
import io.secgroupd.controlplane.edit.text.Splice;
import io.secgroupd.controlplane.edit.text.TextNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds the splices that carry the changes of a tree into the text that it was read from. */
public final class Splicer {

    private final SourceText source;
    private final TextStyle style;
    private final List<Splice> splices = new ArrayList<>();

    private Splicer(SourceText source, TextNode root) {
        this.source = source;
        this.style = TextStyle.of(source, root);
    }

    /** The splices for a file; none when nothing has changed. */
    public static List<Splice> splices(SourceText source, DraftNode changed) {
        Optional<TextNode> root = changed.origin();
        if (root.isEmpty() || !changed.isChanged()) {
            return List.of();
        }
        var splicer = new Splicer(source, root.get());
        splicer.visit(changed, null);
        return splicer.splices;
    }

    /** @param holder the entry whose value the node is, if it is one */
    private void visit(DraftNode node, TextNode.@Nullable TextEntry holder) {
        Optional<TextNode> origin = node.origin();
        if (!node.isChanged() || origin.isEmpty()) {
            return;
        }
        if (node instanceof DraftMap map && origin.get() instanceof TextNode.TextMap mapping) {
            collection(Children.of(map, mapping), holder);
        } else if (node instanceof DraftList list && origin.get() instanceof TextNode.TextList sequence) {
            collection(Children.of(list, sequence), holder);
        }
    }

    private void collection(Children children, TextNode.@Nullable TextEntry holder) {
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
        TextNode.TextEntry entry = child instanceof TextNode.TextEntry one ? one : null;
        if (value.origin().isPresent()) {
            visit(value, flow ? null : entry);
        } else if (value instanceof DraftMap map && Wrapping.wraps(map, child.value())) {
            splices.addAll(new Wrapping(source, style, child).splices(map));
        } else {
            splices.addAll(new Replacement(source, style, child.start()).of(child.value(), value, entry));
        }
    }
}
