package io.secgroupd.controlplane.edit.plan;

import io.secgroupd.controlplane.edit.change.Element;
import io.secgroupd.controlplane.edit.draft.DraftList;
import io.secgroupd.controlplane.edit.draft.DraftMap;
import io.secgroupd.controlplane.edit.draft.DraftNode;
import io.secgroupd.controlplane.edit.draft.DraftScalar;
import io.secgroupd.rules.model.ListEntry;
import io.secgroupd.rules.net.AddressRange;
import io.secgroupd.rules.net.AddressSyntaxException;
import io.secgroupd.rules.net.AddressText;
import java.util.List;
import java.util.Optional;

/** Changes of prefix lists, which stand as a plain list of entries or as a map that has one. */
final class ListEdits {

    private final DraftFiles drafts;

    ListEdits(DraftFiles drafts) {
        this.drafts = drafts;
    }

    /** The map of a list; a plain list becomes one, with the entries that it has. */
    DraftMap map(Element list) {
        DraftNode value = drafts.value(list);
        if (!(value.read() instanceof DraftList)) {
            return value.asMap();
        }
        // What was changed before goes into the text first: the lines of the list may be about to move.
        drafts.settle(list);
        DraftMap map = DraftMap.spread();
        map.put("entries", drafts.value(list).asList());
        drafts.holder(list).put(list.id(), map);
        drafts.settle(list);
        return drafts.value(list).asMap();
    }

    void add(String list, List<ListEntry> entries) {
        DraftList existing = entries(list);
        entries.forEach(entry -> existing.add(entry(entry)));
    }

    void remove(String list, List<AddressRange> ranges) {
        DraftList existing = entries(list);
        for (DraftNode item : existing.values()) {
            if (ranges.contains(range(item))) {
                existing.remove(item);
            }
        }
    }

    private DraftList entries(String list) {
        DraftNode value = drafts.value(Element.list(list));
        if (value.read() instanceof DraftList) {
            return value.asList();
        }
        Optional<DraftNode> entries = value.asMap().get("entries");
        return entries.orElseThrow(
                        () -> value.refusal("the entries of this list stand in a file of their own; change that file"))
                .asList();
    }

    /** An entry as it is written: its addresses alone where there is no more to say. */
    static DraftNode entry(ListEntry entry) {
        DraftScalar block = DraftScalar.word(entry.range());
        if (entry.description().isEmpty()) {
            return block;
        }
        DraftMap map = DraftMap.empty();
        map.put("cidr", block);
        map.put("description", DraftScalar.text(entry.description()));
        return map;
    }

    private static AddressRange range(DraftNode item) {
        DraftNode block = item.read() instanceof DraftMap map ? map.get("cidr").orElseThrow() : item;
        try {
            return AddressText.parse(((DraftScalar) block.read()).value()).range();
        } catch (AddressSyntaxException e) {
            throw new IllegalStateException("the strict reader has accepted this entry", e);
        }
    }
}
