package io.secgroupd.controlplane.edit.draft;

import io.secgroupd.controlplane.edit.text.TextNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The children of a collection as they stand in the text, and as they shall be. Those that stay keep their order.
 */
record Children(TextNode collection, boolean flow, List<? extends TextNode.Child> origins, List<Slot> slots) {

    /** One child as it shall be. */
    record Slot(Optional<TextNode.Child> origin, Optional<String> key, DraftNode value) {}

    /** Those of a map that stands in the text. */
    static Children of(DraftMap map) {
        var origin = (TextNode.TextMap) map.origin().orElseThrow();
        var slots = new ArrayList<Slot>();
        for (DraftMap.DraftEntry entry : map.entries()) {
            slots.add(new Slot(Optional.ofNullable(entry.origin()), Optional.of(entry.key()), entry.value()));
        }
        return new Children(origin, origin.flow(), origin.entries(), slots);
    }

    /** Those of a list that stands in the text. */
    static Children of(DraftList list) {
        var origin = (TextNode.TextList) list.origin().orElseThrow();
        var slots = new ArrayList<Slot>();
        for (DraftList.DraftItem item : list.items()) {
            slots.add(new Slot(Optional.ofNullable(item.origin()), Optional.empty(), item.value()));
        }
        return new Children(origin, origin.flow(), origin.items(), slots);
    }

    boolean isMap() {
        return collection instanceof TextNode.TextMap;
    }

    /** Reports whether all have stayed and none has come. */
    boolean isSameSet() {
        return slots.size() == origins.size() && slots.size() == kept().size();
    }

    /** Where the children that stay begin. */
    Set<Integer> kept() {
        var kept = new HashSet<Integer>();
        slots.forEach(slot -> slot.origin().ifPresent(child -> kept.add(child.start())));
        return kept;
    }

    /** The new children before the first one that stays. */
    List<Slot> newInFront() {
        return slots.stream().takeWhile(slot -> slot.origin().isEmpty()).toList();
    }

    /** The new children behind each one that stays, by where that ends. */
    Map<Integer, List<Slot>> newBehind() {
        Map<Integer, List<Slot>> behind = new LinkedHashMap<>();
        Optional<TextNode.Child> last = Optional.empty();
        for (Slot slot : slots) {
            if (slot.origin().isPresent()) {
                last = slot.origin();
            } else if (last.isPresent()) {
                behind.computeIfAbsent(last.get().end(), none -> new ArrayList<>())
                        .add(slot);
            }
        }
        return behind;
    }
}
