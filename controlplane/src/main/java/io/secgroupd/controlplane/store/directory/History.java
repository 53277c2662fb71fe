package io.secgroupd.controlplane.store.directory;

import io.secgroupd.controlplane.store.HistoryEntry;
import io.secgroupd.controlplane.store.common.Json;
import io.secgroupd.rules.file.PolicyFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The newest revisions: an index with one line of JSON for each, and the contents of their files. The index is replaced as a
 * whole, so a crash leaves the old or the new one, and a serial that was given out once is never given out again.
 */
final class History {

    /** How many revisions are kept: some weeks of changes by hand, or a day of those of a busy program. */
    static final int MOST = 100;

    private final Path index;
    private final Contents contents;
    private volatile Parsed parsed = new Parsed(new byte[0], List.of());

    /** The index as it was read last. Few changes are far apart, so it is the same most times. */
    private static final class Parsed {

        private final byte[] bytes;
        private final List<HistoryEntry> entries;

        Parsed(byte[] bytes, List<HistoryEntry> entries) {
            this.bytes = bytes;
            this.entries = entries;
        }
    }

    History(Path directory) {
        this.index = directory.resolve("index.jsonl");
        this.contents = new Contents(directory.resolve("contents"));
    }

    Contents contents() {
        return contents;
    }

    private byte[] bytes() throws IOException {
        return Files.exists(index) ? Files.readAllBytes(index) : new byte[0];
    }

    /** All entries, oldest first. */
    private List<HistoryEntry> entries() throws IOException {
        byte[] bytes = bytes();
        Parsed before = parsed;
        if (Arrays.equals(bytes, before.bytes)) {
            return before.entries;
        }
        var entries = new ArrayList<HistoryEntry>();
        for (String line : lines(bytes)) {
            entries.add(entry(line, entries.size() + 1));
        }
        parsed = new Parsed(bytes, List.copyOf(entries));
        return entries;
    }

    private static List<String> lines(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8).lines().toList();
    }

    private HistoryEntry entry(String line, int number) throws IOException {
        try {
            Json.JsonTexts json = Json.parse(line);
            var files = new TreeMap<Path, String>();
            json.object("files").forEach((path, hash) -> files.put(Path.of(path), hash));
            return new HistoryEntry(Long.parseLong(json.text("serial")), json.text("hash"), json.origin(), files);
        } catch (IOException | IllegalArgumentException e) {
            throw new IOException(
                    index + ":" + number + " cannot be read (" + e.getMessage()
                            + "). Restore it from a backup; without it the serials would begin anew.",
                    e);
        }
    }

    private static String line(HistoryEntry entry) {
        var json = new Json.JsonTexts().with(entry.origin());
        json.texts().put("serial", Long.toString(entry.serial()));
        json.texts().put("hash", entry.hash());
        var files = new TreeMap<String, String>();
        entry.files().forEach((path, hash) -> files.put(path.toString(), hash));
        json.objects().put("files", files);
        return Json.line(json);
    }

    Optional<HistoryEntry> newest() throws IOException {
        List<HistoryEntry> all = entries();
        return all.isEmpty() ? Optional.empty() : Optional.of(all.get(all.size() - 1));
    }

    /** Newest first. */
    List<HistoryEntry> newest(int most) throws IOException {
        var all = new ArrayList<>(entries());
        Collections.reverse(all);
        return List.copyOf(all.subList(0, Math.max(0, Math.min(most, all.size()))));
    }

    /** Adds a revision: its contents first, so that an entry never names what is not there. */
    void add(HistoryEntry entry, PolicyFiles files) throws IOException {
        contents.keep(files.contents().values());
        List<String> lines = lines(bytes());
        int dropped = Math.max(0, lines.size() + 1 - MOST);
        String kept = lines.stream().skip(dropped).map(each -> each + "\n").collect(Collectors.joining());
        Disk.replace(index, (kept + line(entry) + "\n").getBytes(StandardCharsets.UTF_8));
        Disk.forceNames(index);
        if (dropped > 0) {
            contents.removeAllBut(hashes(entries()));
        }
    }

    private static Set<String> hashes(List<HistoryEntry> entries) {
        return entries.stream()
                .flatMap(entry -> entry.files().values().stream())
                .collect(Collectors.toSet());
    }

    /** The files of a revision, as long as all of them are still kept. */
    Optional<PolicyFiles> files(HistoryEntry entry, Path first) {
        var found = new TreeMap<Path, byte[]>();
        for (Map.Entry<Path, String> file : entry.files().entrySet()) {
            contents.find(file.getValue()).ifPresent(content -> found.put(file.getKey(), content));
        }
        return found.size() == entry.files().size() ? Optional.of(new PolicyFiles(first, found)) : Optional.empty();
    }
}
