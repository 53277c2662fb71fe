package io.secgroupd.controlplane.console.view;

import com.fasterxml.jackson.core.JsonGenerator;
import io.secgroupd.rules.model.ListEntries;
import io.secgroupd.rules.model.ListEntry;
import io.secgroupd.rules.model.PrefixList;
import io.secgroupd.rules.net.AddressRange;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/** Prefix lists, each with the first of its entries: a list may have a million. */
final class ListsJson {

    private static final int MOST_ENTRIES = 1000;

    private ListsJson() {}

    static void write(Collection<PrefixList> lists, FilePlaces places, JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("lists");
        for (PrefixList list : lists) {
            json.writeStartObject();
            write(list, places, json);
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void write(PrefixList list, FilePlaces places, JsonGenerator json) throws IOException {
        json.writeStringField("id", list.id());
        json.writeStringField("name", list.name());
        json.writeStringField("description", list.description());
        json.writeStringField("at", places.line(list.at()));
        if (list.maxEntries().isPresent()) {
            json.writeNumberField("max_entries", list.maxEntries().getAsInt());
        }
        int count = list.written().map(ListEntries::size).orElse(list.entries().size());
        json.writeNumberField("count", count);
        json.writeArrayFieldStart("except");
        for (AddressRange range : list.except().stream().limit(MOST_ENTRIES).toList()) {
            json.writeString(range.toString());
        }
        json.writeEndArray();
        json.writeArrayFieldStart("entries");
        for (ListEntry entry : first(list)) {
            json.writeStartObject();
            json.writeStringField("cidr", entry.range().toString());
            json.writeStringField("description", entry.description());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    /** Entries that stand in a file of their own are known only by their addresses. */
    private static List<ListEntry> first(PrefixList list) {
        Stream<ListEntry> entries = list.written().isPresent()
                ? list.written().get().stream()
                : list.entries().stream().map(range -> new ListEntry(range, ""));
        return entries.limit(MOST_ENTRIES).toList();
    }
}
