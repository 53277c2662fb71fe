package io.secgroupd.controlplane.edit.draft;

import io.secgroupd.controlplane.edit.text.SourceText;
import io.secgroupd.controlplane.edit.text.TextNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A list. */
public final class DraftList extends DraftNode {

    /**
     * One item.
     *
     * @param origin where it stands; none when the item is new
     */
    record DraftItem(TextNode.@Nullable TextItem origin, DraftNode value) {}

    private final List<DraftItem> items = new ArrayList<>();

    private DraftList() {}

    DraftList(SourceText source, TextNode.TextList origin) {
        super(source, origin);
        origin.items().forEach(item -> adopt(items.size(), item, DraftNode.of(source, item.value())));
    }

    /** A new list of these. */
    public static DraftList of(List<? extends DraftNode> values) {
        var list = new DraftList();
        values.forEach(value -> list.adopt(list.items.size(), null, value));
        return list;
    }

    List<DraftItem> items() {
        return Collections.unmodifiableList(items);
    }

    /** The items, for reading and changing. */
    public List<DraftNode> values() {
        return items.stream().map(DraftItem::value).toList();
    }

    /** Appends a new item. */
    public void add(DraftNode value) {
        checkEditable();
        adopt(items.size(), null, value);
    }

    /** Inserts new items behind one that is in the list. */
    public void addBehind(DraftNode value, List<? extends DraftNode> more) {
        checkEditable();
        insert(indexOf(value) + 1, more);
    }

    /** Puts one or more items in the place of one that is in the list. */
    public void replace(DraftNode value, List<? extends DraftNode> by) {
        value.checkRemovable();
        checkEditable();
        int at = indexOf(value);
        TextNode.TextItem place = items.remove(at).origin();
        adopt(at, place, by.get(0));
        insert(at + 1, by.subList(1, by.size()));
    }

    /** Takes out an item that is in the list. */
    public void remove(DraftNode value) {
        value.checkRemovable();
        checkEditable();
        items.remove(indexOf(value));
    }

    private int indexOf(DraftNode value) {
        return values().indexOf(value);
    }

    private void insert(int at, List<? extends DraftNode> more) {
        for (int i = 0; i < more.size(); i++) {
            adopt(at + i, null, more.get(i));
        }
    }

    private void adopt(int at, TextNode.@Nullable TextItem origin, DraftNode value) {
        value.belongTo(this);
        items.add(at, new DraftItem(origin, value));
    }
}
