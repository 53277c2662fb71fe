package io.secgroupd.rules.file;

import io.secgroupd.rules.text.Location;
import io.secgroupd.rules.text.Problems;
import io.secgroupd.rules.text.Quote;
import io.secgroupd.rules.yaml.Fields;
import io.secgroupd.rules.yaml.FileInput;
import io.secgroupd.rules.yaml.NodeCount;
import io.secgroupd.rules.yaml.Value;
import io.secgroupd.rules.yaml.YamlDocument;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The first file and the files that it includes. */
final class Documents {

    private final Sources sources;
    private final Problems problems;
    private final Room room;
    private final NodeCount count = new NodeCount();

    Documents(Sources sources, Problems problems, Room room) {
        this.room = room;
        this.sources = sources;
        this.problems = problems;
    }

    /**
     * The top-level fields of every file that could be read, those of the first file first; empty when that one could
     * not be read.
     */
    Optional<List<Fields>> read(Path first) {
        Optional<Value> main;
        try {
            main = parse(first);
        } catch (IOException e) {
            problems.error(new Location(first.toString(), 1, 1), "", FileInput.message(e));
            return Optional.empty();
        }
        return main.flatMap(Documents::fields).map(fields -> {
            fields.required("version", "version: 1").ifPresent(Documents::checkVersion);
            var all = new ArrayList<>(List.of(fields));
            fields.optional("include").flatMap(Value::items).ifPresent(items -> all.addAll(included(first, items)));
            return all;
        });
    }

    private List<Fields> included(Path first, List<Value> items) {
        var includes = new Includes(first, sources);
        var all = new ArrayList<Fields>();
        for (Value item : items) {
            for (Path file : includes.resolve(item)) {
                include(file, item).ifPresent(all::add);
            }
        }
        return all;
    }

    private Optional<Fields> include(Path file, Value item) {
        Optional<Fields> fields;
        try {
            fields = parse(file).flatMap(Documents::fields);
        } catch (IOException e) {
            item.error(Quote.of(file.toString()) + ": " + FileInput.message(e));
            return Optional.empty();
        }
        fields.flatMap(f -> f.optional("version")).ifPresent(Documents::checkVersion);
        fields.flatMap(f -> f.optional("include"))
                .ifPresent(value -> value.error("an included file cannot include others; name them in the first file"));
        return fields;
    }

    private Optional<Value> parse(Path file) throws IOException {
        byte[] bytes = sources.read(file, YamlDocument.MAX_BYTES, InputStream::readAllBytes);
        boolean fits = room.takeText(bytes.length, new Location(file.toString(), 1, 1));
        return fits ? YamlDocument.parse(file.toString(), bytes, problems, count) : Optional.empty();
    }

    /** The number of values in all files that were read. */
    long values() {
        return count.count();
    }

    private static Optional<Fields> fields(Value document) {
        if (document.isNull()) {
            document.error("the file is empty, and that never means \"no rules\"; write at least version: 1");
            return Optional.empty();
        }
        Optional<String> other = OtherFormats.told(document);
        other.ifPresent(document::error);
        return other.isPresent() ? Optional.empty() : document.fields(Sections.KEYS);
    }

    private static void checkVersion(Value version) {
        version.text()
                .filter(text -> !text.equals("1"))
                .ifPresent(text -> version.error(Quote.of(text) + " is not a known version; write 1"));
    }
}
