package io.secgroupd.rules.file;

import io.secgroupd.rules.model.PrefixList;
import io.secgroupd.rules.net.AddressSet;
import io.secgroupd.rules.text.Problems;
import io.secgroupd.rules.text.Quote;
import io.secgroupd.rules.yaml.Fields;
import io.secgroupd.rules.yaml.FileInput;
import io.secgroupd.rules.yaml.Value;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads {@code prefix_lists}, and the files that they name. */
final class PrefixListReader {

    private static final Set<String> KEYS = Set.of("description", "entries", "file", "allow_empty");

    private final Sources sources;
    private final Problems problems;
    private final Room room;

    PrefixListReader(Sources sources, Problems problems, Room room) {
        this.room = room;
        this.sources = sources;
        this.problems = problems;
    }

    Map<String, PrefixList> read(List<Value.NamedValue> entries) {
        var lists = new LinkedHashMap<String, PrefixList>();
        for (Value.NamedValue entry : entries) {
            Ids.check(entry, Ids.LIST);
            lists.put(entry.key(), list(entry));
        }
        return lists;
    }

    private PrefixList list(Value.NamedValue entry) {
        Value value = entry.value();
        if (value.isList() || value.isSingle()) {
            return new PrefixList(entry.key(), "", entries(value, entry.key()), false, entry.at());
        }
        Optional<Fields> fields = value.fields(KEYS);
        String description = fields.flatMap(f -> f.optional("description"))
                .flatMap(Value::label)
                .orElse("");
        AddressSet addresses = fields.map(f -> addresses(f, entry.key())).orElse(AddressSet.EMPTY);
        boolean allowEmpty = fields.flatMap(f -> f.optional("allow_empty"))
                .flatMap(Value::bool)
                .orElse(false);
        return new PrefixList(entry.key(), description, addresses, allowEmpty, entry.at());
    }

    private AddressSet addresses(Fields fields, String id) {
        Optional<Value> entries = fields.optional("entries");
        Optional<Value> file = fields.optional("file");
        if (entries.isPresent() == file.isPresent()) {
            fields.map().error("a list has either entries or a file; write entries: [10.0.0.0/8] or file: offices.txt");
            return AddressSet.EMPTY;
        }
        return entries.map(value -> entries(value, id)).orElseGet(() -> file(file.orElseThrow(), id));
    }

    private AddressSet entries(Value value, String id) {
        var set = new AddressSet.Builder();
        for (Value item : value.items().orElse(List.of())) {
            Optional<String> reference = reference(item, id);
            if (reference.isPresent()) {
                item.error(reference.get());
            } else {
                AddressReader.block(item)
                        .filter(range -> room.takeRange(range, item.at(), item.path()))
                        .ifPresent(set::add);
            }
        }
        return set.build();
    }

    /** Says what is wrong with an item that is the id of something. */
    private static Optional<String> reference(Value item, String id) {
        if (!item.isSingle()) {
            return Optional.empty();
        }
        return item.text()
                .filter(text -> text.startsWith(Ids.LIST) || text.startsWith(Ids.GROUP))
                .map(text -> (text.equals(id) ? "the list refers to itself" : "a list holds no groups or lists")
                        + "; write prefixes, and name " + Quote.of(text) + " as a peer of the rule");
    }

    private AddressSet file(Value value, String id) {
        Optional<Path> path = value.text().flatMap(text -> path(text, value));
        if (path.isEmpty()) {
            return AddressSet.EMPTY;
        }
        try {
            var lines = new ListFile(path.get().toString(), "prefix_lists." + id, room);
            AddressSet set = sources.read(path.get(), ListFile.MAX_BYTES, lines::read);
            lines.problems().forEach(problems::add);
            return set;
        } catch (IOException e) {
            value.error(Quote.of(path.get().toString()) + ": " + FileInput.message(e));
            return AddressSet.EMPTY;
        }
    }

    private static Optional<Path> path(String text, Value value) {
        try {
            return Optional.of(Path.of(value.at().file()).resolveSibling(text));
        } catch (InvalidPathException e) {
            value.error(Quote.of(text) + " is not a path; write one such as pl/offices.txt");
            return Optional.empty();
        }
    }
}
