package io.secgroupd.rules.file;

import io.secgroupd.rules.model.ListEntries;
import io.secgroupd.rules.net.AddressRange;
import io.secgroupd.rules.net.AddressSet;
import io.secgroupd.rules.text.Quote;
import io.secgroupd.rules.yaml.Fields;
import io.secgroupd.rules.yaml.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the entries of one prefix list: prefixes, addresses or ranges, each alone or with a description. */
final class EntriesReader {

    private static final Set<String> KEYS = Set.of("cidr", "description");

    /** Words of the EC2 API. */
    private static final Map<String, String> ELSEWHERE = Map.of("Cidr", "cidr", "Description", "description");

    private final String list;
    private final Room room;
    private final AddressSet.Builder set = new AddressSet.Builder();
    private final ListEntries.Builder written = new ListEntries.Builder();

    EntriesReader(String list, Room room) {
        this.list = list;
        this.room = room;
    }

    /** Reads a list of entries; may be called once. */
    EntriesReader read(Value value) {
        value.items().orElse(List.of()).forEach(this::entry);
        return this;
    }

    AddressSet set() {
        return set.build();
    }

    ListEntries written() {
        return written.build();
    }

    private void entry(Value item) {
        if (!isDescribed(item)) {
            block(item, "");
            return;
        }
        item.fields(KEYS, ELSEWHERE).ifPresent(fields -> {
            Optional<Value> cidr = fields.required("cidr", "cidr: 10.0.0.0/8");
            cidr.ifPresent(value -> block(value, description(fields)));
        });
    }

    /** A map without any of the words is an address whose last colon YAML takes for its own, or no entry at all. */
    private static boolean isDescribed(Value item) {
        return item.isMap()
                && item.entries().orElseThrow().stream()
                        .map(Value.NamedValue::key)
                        .anyMatch(key -> KEYS.contains(key) || ELSEWHERE.containsKey(key));
    }

    private static String description(Fields fields) {
        return fields.optional("description").flatMap(Value::label).orElse("");
    }

    private void block(Value value, String description) {
        Optional<String> reference = reference(value);
        if (reference.isPresent()) {
            value.error(reference.get());
        } else {
            AddressReader.block(value).ifPresent(range -> keep(range, value, description));
        }
    }

    private void keep(AddressRange range, Value value, String description) {
        String text = value.text().orElseThrow();
        boolean fits = room.takeText(text.length() + description.length(), value.at());
        if (room.takeRange(range.family(), value.at(), value.path()) && fits) {
            set.add(range);
            written.add(text, description);
        }
    }

    /** Says what is wrong with an entry that is the id of something. */
    private Optional<String> reference(Value item) {
        if (!item.isSingle()) {
            return Optional.empty();
        }
        return item.text()
                .filter(text -> text.startsWith(Ids.LIST) || text.startsWith(Ids.GROUP))
                .map(text -> (text.equals(list) ? "the list refers to itself" : "a list holds no groups or lists")
                        + "; write prefixes, and name " + Quote.of(text) + " as a peer of the rule");
    }
}
