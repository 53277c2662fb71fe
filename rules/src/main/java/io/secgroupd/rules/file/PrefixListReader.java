package io.secgroupd.rules.file;

import io.secgroupd.rules.model.ListEntries;
import io.secgroupd.rules.model.PrefixList;
import io.secgroupd.rules.net.AddressRange;
import io.secgroupd.rules.net.AddressSet;
import io.secgroupd.rules.text.Location;
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
import java.util.OptionalInt;
import java.util.Set;

/** Reads {@code prefix_lists}, and the files that they name. */
final class PrefixListReader {

    private static final Set<String> KEYS =
            Set.of("name", "description", "tags", "max_entries", "entries", "file", "except", "allow_empty");

    /** As many as all files together may have values. */
    private static final int MAX_ENTRIES = 1_000_000;

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
            return plain(entry.key(), new EntriesReader(entry.key(), room).read(value), entry.at());
        }
        Optional<PrefixList> list = value.fields(KEYS).map(fields -> list(entry.key(), fields, entry.at()));
        return list.orElseGet(() -> plain(entry.key(), new EntriesReader(entry.key(), room), entry.at()));
    }

    private static PrefixList plain(String id, EntriesReader entries, Location at) {
        var written = Optional.of(entries.written());
        return new PrefixList(
                id, "", "", Map.of(), OptionalInt.empty(), entries.set(), AddressSet.EMPTY, written, false, at);
    }

    private PrefixList list(String id, Fields fields, Location at) {
        Optional<Value> inFile = fields.optional("file");
        var entries = new EntriesReader(id, room);
        if (fields.has("entries") == inFile.isPresent()) {
            fields.map().error("a list has either entries or a file; write entries: [10.0.0.0/8] or file: offices.txt");
        } else {
            fields.optional("entries").ifPresent(entries::read);
        }
        ListEntries written = entries.written();
        AddressSet all = fields.has("entries")
                ? entries.set()
                : inFile.map(value -> file(value, id)).orElse(AddressSet.EMPTY);
        AddressSet except =
                fields.optional("except").map(value -> except(value, id, all)).orElse(AddressSet.EMPTY);
        return new PrefixList(
                id,
                fields.optional("name").flatMap(Value::label).orElse(""),
                fields.optional("description").flatMap(Value::label).orElse(""),
                TagsReader.read(fields),
                maxEntries(fields, written.size()),
                all.minus(except),
                except,
                inFile.isPresent() ? Optional.empty() : Optional.of(written),
                fields.optional("allow_empty").flatMap(Value::bool).orElse(false),
                at);
    }

    /** What is not in the list cannot be taken out of it: somebody may believe that it is out, and the rule names another list. */
    private AddressSet except(Value value, String id, AddressSet all) {
        AddressSet except = new EntriesReader(id, room).read(value).set();
        List<AddressRange> missing = except.minus(all).stream().limit(1).toList();
        missing.forEach(range -> value.warning(
                "the list does not have " + range + ", so nothing is taken out there; correct it, or remove it"));
        return except;
    }

    private static OptionalInt maxEntries(Fields fields, int count) {
        Optional<Value> value = fields.optional("max_entries");
        if (value.isEmpty()) {
            return OptionalInt.empty();
        }
        if (fields.has("file")) {
            value.get().error("what stands in a file is counted by nobody; remove max_entries, or write entries");
            return OptionalInt.empty();
        }
        OptionalInt most = value.get().integer(1, MAX_ENTRIES);
        if (most.isPresent() && count > most.getAsInt()) {
            value.get()
                    .error(count + " entries, and max_entries is " + most.getAsInt() + "; raise it, or remove entries");
        }
        return most;
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
