package io.secgroupd.controlplane.edit.draft;

import io.secgroupd.controlplane.edit.text.NotEditableException;
import io.secgroupd.controlplane.edit.text.SourceText;
import io.secgroupd.controlplane.edit.text.TextNode;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A node of a tree that is being changed. It knows the node of the text that it stands for, if there is one; a node without
 * origin is new.
 */
public abstract sealed class DraftNode permits DraftScalar, DraftList, DraftMap, DraftAlias {

    private final @Nullable Place place;
    private @Nullable DraftNode parent;

    private record Place(SourceText source, TextNode node) {
        NotEditableException refusal(String reason) {
            return NotEditableException.at(source, node.start(), reason);
        }
    }

    /** A new node. */
    DraftNode() {
        this.place = null;
    }

    DraftNode(SourceText source, TextNode origin) {
        this.place = new Place(source, origin);
    }

    /** The tree of a file. */
    public static DraftNode of(SourceText source, TextNode origin) {
        if (origin instanceof TextNode.TextMap map) {
            return new DraftMap(source, map);
        }
        if (origin instanceof TextNode.TextList list) {
            return new DraftList(source, list);
        }
        if (origin instanceof TextNode.Alias alias) {
            return new DraftAlias(source, alias);
        }
        return new DraftScalar(source, (TextNode.TextScalar) origin);
    }

    public Optional<TextNode> origin() {
        return Optional.ofNullable(place).map(Place::node);
    }

    final void belongTo(DraftNode collection) {
        parent = collection;
    }

    /** What an alias stands for; any other node itself. For reading only. */
    public DraftNode read() {
        return this;
    }

    /** This node, which is a map, for changes; an alias for one is refused. */
    public final DraftMap asMap() {
        checkUnmarked();
        return (DraftMap) this;
    }

    /** This node, which is a list, for changes; an alias for one is refused. */
    public final DraftList asList() {
        checkUnmarked();
        return (DraftList) this;
    }

    /** Refuses to change this node, at its place, for a reason. */
    public final NotEditableException refusal(String reason) {
        return place != null ? place.refusal(reason) : NotEditableException.of(reason);
    }

    /** Refuses unless this node and everything around it can be changed where it stands. */
    final void checkEditable() {
        for (DraftNode node = this; node != null; node = node.parent) {
            node.checkUnmarked();
        }
    }

    private void checkUnmarked() {
        if (place != null && place.node().marked()) {
            throw place.refusal(
                    "an anchor, an alias, a tag, a \"?\" or a pair without braces stands here, and programs do not edit"
                            + " such; write the value out, or edit the file by hand");
        }
    }

    /** Refuses when this node, or anything in it that something else may refer to, cannot be taken out. */
    final void checkRemovable() {
        checkUnmarked();
        if (place != null) {
            checkNoAnchor(place.source(), place.node());
        }
    }

    private static void checkNoAnchor(SourceText source, TextNode node) {
        if (node.marked() && !(node instanceof TextNode.Alias)) {
            throw NotEditableException.at(
                    source,
                    node.start(),
                    "an anchor or a tag stands in what would be removed; write the values out, or edit the file by"
                            + " hand");
        }
        if (node instanceof TextNode.TextList list) {
            list.items().forEach(item -> checkNoAnchor(source, item.value()));
        }
        if (node instanceof TextNode.TextMap map) {
            map.entries().forEach(entry -> checkNoAnchor(source, entry.value()));
            map.entries().forEach(entry -> checkNoAnchor(source, entry.key()));
        }
    }
}
