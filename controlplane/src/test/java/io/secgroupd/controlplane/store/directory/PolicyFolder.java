package io.secgroupd.controlplane.store.directory;

import io.secgroupd.controlplane.store.Origin;
import io.secgroupd.controlplane.store.PutResult;
import io.secgroupd.controlplane.store.PutResult.Stored;
import io.secgroupd.controlplane.store.Revision;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A control-plane file on disk, with a store of it. */
final class PolicyFolder {

    static final Instant NOW = Instant.parse("2026-11-28T12:00:00Z");
    static final Origin ORIGIN = new Origin("terraform", "AuthorizeSecurityGroupIngress", NOW.plusSeconds(1));
    static final String EMPTY = "version: 1\n";

    final Path rules;
    final Path state;

    PolicyFolder(Path directory) throws IOException {
        this(directory, EMPTY);
    }

    PolicyFolder(Path directory, String text) throws IOException {
        rules = Files.createDirectories(directory.resolve("etc")).resolve("rules.yaml");
        state = directory.resolve("state");
        Files.writeString(rules, text);
    }

    DirectoryStore store() {
        return store(NameExchange.BY_KERNEL);
    }

    DirectoryStore store(NameExchange names) {
        return new DirectoryStore(rules, state, Clock.fixed(NOW, ZoneOffset.UTC), names);
    }

    Path beside(String name) {
        return rules.resolveSibling(name);
    }

    String text() throws IOException {
        return Files.readString(rules);
    }

    static PutResult put(DirectoryStore store, Revision base, Path file, String text) throws IOException {
        return store.put(base, Map.of(file, bytes(text)), ORIGIN);
    }

    /** Puts a text and returns the new revision. */
    Revision stored(DirectoryStore store, String text) throws IOException {
        return ((Stored) put(store, store.current(), rules, text)).revision();
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static String text(Revision revision, Path file) {
        return new String(revision.files().content(file).orElseThrow(), StandardCharsets.UTF_8);
    }

    /** An edit as most editors make it. */
    static void editByRename(Path file, String text) throws IOException {
        Path fresh = Files.writeString(file.resolveSibling("." + file.getFileName() + ".swp"), text);
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** The names of all files beside the policy, hidden ones too. */
    List<String> names() throws IOException {
        try (Stream<Path> all = Files.list(rules.resolveSibling("."))) {
            return all.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
