package io.secgroupd.controlplane.edit.intent;

import io.secgroupd.rules.model.ListEntries;
import io.secgroupd.rules.model.ListEntry;
import io.secgroupd.rules.model.PrefixList;
import io.secgroupd.rules.net.AddressRange;
import io.secgroupd.rules.net.AddressSet;
import io.secgroupd.rules.text.Location;
import io.secgroupd.rules.text.Quote;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Prefix lists with something about them changed. */
final class Lists {

    private Lists() {}

    static PrefixList of(
            String id, String name, Map<String, String> tags, OptionalInt most, List<ListEntry> entries, Location at) {
        var empty = new PrefixList(
                id, name, "", tags, most, AddressSet.EMPTY, AddressSet.EMPTY, Optional.empty(), false, at);
        return with(empty, entries);
    }

    static PrefixList added(PrefixList list, List<ListEntry> entries) {
        List<ListEntry> all = written(list);
        for (ListEntry entry : entries) {
            if (all.stream().anyMatch(one -> one.range().equals(entry.range()))) {
                throw new ImpossibleChangeException(
                        entry.range() + " is an entry of " + Quote.of(list.id()) + " already");
            }
            all.add(entry);
        }
        return with(list, all);
    }

    static PrefixList removed(PrefixList list, List<AddressRange> ranges) {
        List<ListEntry> all = written(list);
        for (AddressRange range : ranges) {
            if (!all.removeIf(entry -> entry.range().equals(range))) {
                throw new ImpossibleChangeException(range + " is not an entry of " + Quote.of(list.id()));
            }
        }
        return with(list, all);
    }

    private static List<ListEntry> written(PrefixList list) {
        return new ArrayList<>(
                list.written().stream().flatMap(ListEntries::stream).toList());
    }

    private static PrefixList with(PrefixList list, List<ListEntry> entries) {
        var written = new ListEntries.Builder();
        entries.forEach(entry -> written.add(entry.range().toString(), entry.description()));
        return new PrefixList(
                list.id(),
                list.name(),
                list.description(),
                list.tags(),
                list.maxEntries(),
                AddressSet.of(entries.stream().map(ListEntry::range).toList()).minus(list.except()),
                list.except(),
                Optional.of(written.build()),
                list.allowEmpty(),
                list.at());
    }

    static PrefixList sized(PrefixList list, int maxEntries) {
        return new PrefixList(
                list.id(),
                list.name(),
                list.description(),
                list.tags(),
                OptionalInt.of(maxEntries),
                list.entries(),
                list.except(),
                list.written(),
                list.allowEmpty(),
                list.at());
    }
}
