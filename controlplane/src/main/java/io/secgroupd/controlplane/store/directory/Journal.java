package io.secgroupd.controlplane.store.directory;

import io.secgroupd.controlplane.store.Origin;
import io.secgroupd.controlplane.store.common.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Remembers a change of several files from before its first step until after its last, so that a crash does not halve it. */
final class Journal {

    private final Path file;

    Journal(Path directory) {
        this.file = directory.resolve("pending.json");
    }

    /**
     * The change of one file.
     *
     * @param path   as the policy names it
     * @param target where that leads to
     * @param before the SHA-256 of the old content
     * @param after  that of the new one
     */
    record FileChange(Path path, Path target, String before, String after) {}

    /** A change that was begun. */
    record Pending(Origin origin, List<FileChange> files) {}

    void begin(Origin origin, List<FileChange> files) throws IOException {
        var json = new Json.JsonTexts().with(origin);
        for (FileChange each : files) {
            json.objects()
                    .put(
                            each.path().toString(),
                            new TreeMap<>(Map.of(
                                    "target",
                                    each.target().toString(),
                                    "before",
                                    each.before(),
                                    "after",
                                    each.after())));
        }
        Disk.replace(file, (Json.line(json) + "\n").getBytes(StandardCharsets.UTF_8));
        Disk.forceNames(file);
    }

    /** The change that was begun and not ended. */
    Optional<Pending> pending() throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            Json.JsonTexts json = Json.parse(Files.readString(file));
            var files = new ArrayList<FileChange>();
            for (var each : json.objects().entrySet()) {
                files.add(change(Path.of(each.getKey()), each.getValue()));
            }
            return Optional.of(new Pending(json.origin(), files));
        } catch (IOException e) {
            throw new IOException(
                    file + " cannot be read (" + e.getMessage() + "). Look whether the policy is whole, and"
                            + " then remove this file.",
                    e);
        }
    }

    private static FileChange change(Path path, SortedMap<String, String> texts) {
        return new FileChange(
                path,
                Path.of(texts.getOrDefault("target", path.toString())),
                texts.getOrDefault("before", ""),
                texts.getOrDefault("after", ""));
    }

    /** Forgets the change. After a loss of power it may be back, and then ends once more: it was complete, or never begun. */
    void end() throws IOException {
        Files.deleteIfExists(file);
    }
}
