package io.secgroupd.controlplane.fleet.host;

import io.secgroupd.controlplane.store.common.Hashes;
import io.secgroupd.controlplane.store.common.Json;
import io.secgroupd.controlplane.store.common.Json.JsonTexts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Remembers a plan, with all of its contents, from before its first step until after its last. It is a directory that gets its
 * name in one step: a list of the files, and each content under its hash.
 */
final class FilesJournal {

    private static final String LIST = "list";
    private static final String NONE = "";

    private final Path directory;
    private final Path unready;
    private final Path done;

    FilesJournal(Path state) {
        this.directory = state.resolve("journal");
        this.unready = state.resolve("journal.new");
        this.done = state.resolve("journal.old");
    }

    void begin(FilePlan plan) throws IOException {
        clear(unready);
        WholeFiles.makeDirectory(unready);
        JsonTexts list = plan.next().json();
        list.objects().put("former", keep(plan.former()));
        list.objects().put("after", keep(plan.after()));
        WholeFiles.write(unready.resolve(LIST), Json.line(list).getBytes(StandardCharsets.UTF_8));
        Files.move(unready, directory, StandardCopyOption.ATOMIC_MOVE);
        WholeFiles.forceNames(directory);
    }

    private SortedMap<String, String> keep(Map<Path, Optional<byte[]>> contents) throws IOException {
        var hashes = new TreeMap<String, String>();
        for (var file : contents.entrySet()) {
            Optional<byte[]> content = file.getValue();
            String hash = content.map(Hashes::sha256).orElse(NONE);
            hashes.put(file.getKey().toString(), hash);
            if (content.isPresent()) {
                WholeFiles.write(unready.resolve(hash), content.get());
            }
        }
        return hashes;
    }

    /** The plan that was begun and not ended. */
    Optional<FilePlan> pending() throws IOException {
        if (!Files.exists(directory)) {
            return Optional.empty();
        }
        try {
            JsonTexts list = Json.parse(Files.readString(directory.resolve(LIST)));
            return Optional.of(
                    new FilePlan(Followed.of(list), contents(list.object("former")), contents(list.object("after"))));
        } catch (IOException | IllegalArgumentException e) {
            throw new IOException(
                    directory + " cannot be read (" + e.getMessage() + "). Look whether the files of the policy are"
                            + " whole, and then remove this directory.",
                    e);
        }
    }

    private SortedMap<Path, Optional<byte[]>> contents(Map<String, String> hashes) throws IOException {
        var contents = new TreeMap<Path, Optional<byte[]>>();
        for (var file : hashes.entrySet()) {
            boolean none = file.getValue().equals(NONE);
            contents.put(
                    Path.of(file.getKey()),
                    none ? Optional.empty() : Optional.of(Files.readAllBytes(directory.resolve(file.getValue()))));
        }
        return contents;
    }

    void end() throws IOException {
        clear(done);
        if (Files.exists(directory)) {
            Files.move(directory, done, StandardCopyOption.ATOMIC_MOVE);
            WholeFiles.forceNames(directory);
            clear(done);
        }
    }

    private static void clear(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(directory);
    }
}
