package io.secgroupd.controlplane.edit.draft;

import io.secgroupd.controlplane.edit.text.SourceText;
import io.secgroupd.controlplane.edit.text.TextNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A map. */
public final class DraftMap extends DraftNode {

    /**
     * One entry.
     *
     * @param origin where it stands; none when the entry is new
     */
    record DraftEntry(String key, TextNode.@Nullable TextEntry origin, DraftNode value) {}

    private final List<DraftEntry> entries = new ArrayList<>();
    private boolean spread;

    private DraftMap() {}

    DraftMap(SourceText source, TextNode.TextMap origin) {
        super(source, origin);
        for (TextNode.TextEntry entry : origin.entries()) {
            adopt(entries.size(), new DraftEntry(entry.key().value(), entry, DraftNode.of(source, entry.value())));
        }
    }

    /** A new map without entries. */
    public static DraftMap empty() {
        return new DraftMap();
    }

    /** A new map that takes a line for each entry where nothing beside it decides. */
    public static DraftMap spread() {
        DraftMap map = empty();
        map.spread = true;
        return map;
    }

    boolean isSpread() {
        return spread;
    }

    /** A new map of texts, keys and values in quotes: no key and no value can be taken for anything but a text. */
    public static DraftMap ofTexts(Map<String, String> texts) {
        DraftMap map = empty();
        texts.forEach((key, value) -> map.put(key, DraftScalar.quoted(value)));
        return map;
    }

    List<DraftEntry> entries() {
        return Collections.unmodifiableList(entries);
    }

    public List<String> keys() {
        return entries.stream().map(DraftEntry::key).toList();
    }

    /** The value of a key, for reading and changing. */
    public Optional<DraftNode> get(String key) {
        return find(key).map(DraftEntry::value);
    }

    /** Sets the value of a key where that stands, or as the last one. */
    public void put(String key, DraftNode value) {
        checkEditable();
        Optional<DraftEntry> old = find(key);
        if (old.isEmpty()) {
            adopt(entries.size(), new DraftEntry(key, null, value));
            return;
        }
        old.get().value().checkRemovable();
        int at = entries.indexOf(old.get());
        entries.remove(at);
        adopt(at, new DraftEntry(key, old.get().origin(), value));
    }

    /** Takes out a key, if it is there. */
    public void remove(String key) {
        find(key).ifPresent(entry -> {
            entry.value().checkRemovable();
            checkEditable();
            entries.remove(entry);
        });
    }

    private Optional<DraftEntry> find(String key) {
        return entries.stream().filter(entry -> entry.key().equals(key)).findFirst();
    }

    private void adopt(int at, DraftEntry entry) {
        entry.value().belongTo(this);
        entries.add(at, entry);
    }
}
