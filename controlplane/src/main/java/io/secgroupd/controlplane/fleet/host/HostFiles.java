package io.secgroupd.controlplane.fleet.host;

import io.secgroupd.controlplane.fleet.feed.Manifest;
import io.secgroupd.controlplane.store.common.Hashes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** The files of the policy, below the directory of the one that the daemon follows. */
final class HostFiles {

    /** Files of other purposes that may be in the same directory. */
    private static final Set<String> RESERVED =
            Set.of("daemon.yaml", "control.yaml", "pull.yaml", "keys.yaml", "pull.token");

    private final Path rules;
    private final Path token;
    private final Steps steps;

    /** Told before each step, so that tests can end at any of them. */
    interface Steps {
        void before(String step) throws IOException;
    }

    HostFiles(PullSettings settings, Steps steps) {
        this.rules = settings.rules().toAbsolutePath().normalize();
        this.token = settings.tokenFile().toAbsolutePath().normalize();
        this.steps = steps;
    }

    /** The file that the daemon follows. */
    Path rules() {
        return rules;
    }

    /** Where a file of a manifest is on this host. */
    Path place(String name) {
        return name.equals(Manifest.FIRST) ? rules : rules.resolveSibling(name).normalize();
    }

    /** Refuses names whose files could be something else than a policy. */
    void requireOfPolicy(Collection<String> names) throws RefusalException {
        for (String name : names) {
            Path place = place(name);
            boolean hidden = Arrays.stream(name.split("/", -1)).anyMatch(part -> part.startsWith("."));
            boolean other = RESERVED.contains(name) || place.equals(token) || name.endsWith(FilePlan.KEPT);
            boolean taken = !name.equals(Manifest.FIRST) && place.equals(rules);
            if (hidden || other || taken || Files.isDirectory(place)) {
                throw new RefusalException("The revision has a file " + name + ", which no policy may have here.");
            }
        }
    }

    /** The contents of those files that are there. */
    Map<String, byte[]> existing(Collection<String> names) throws IOException {
        var contents = new TreeMap<String, byte[]>();
        for (String name : names) {
            WholeFiles.read(place(name)).ifPresent(content -> contents.put(name, content));
        }
        return contents;
    }

    /** What a revision changes. A file that is not as the revision before had it was edited by hand, and is kept. */
    FilePlan plan(Optional<Followed> before, Followed next, Map<String, byte[]> contents) throws IOException {
        var former = new TreeMap<Path, Optional<byte[]>>();
        var after = new TreeMap<Path, Optional<byte[]>>();
        var names = new TreeMap<String, Optional<byte[]>>();
        SortedMap<String, String> known = before.map(Followed::files).orElseGet(TreeMap::new);
        known.keySet().forEach(name -> names.put(name, Optional.empty()));
        contents.forEach((name, content) -> names.put(name, Optional.of(content)));
        for (var file : names.entrySet()) {
            Path path = place(file.getKey());
            Optional<byte[]> now = WholeFiles.read(path);
            if (!same(now, file.getValue())) {
                former.put(path, now);
                after.put(path, file.getValue());
                if (now.isPresent() && !Hashes.sha256(now.get()).equals(known.get(file.getKey()))) {
                    Path kept = path.resolveSibling(path.getFileName() + FilePlan.KEPT);
                    former.put(kept, WholeFiles.read(kept));
                    after.put(kept, now);
                }
            }
        }
        requireWritable(after.keySet());
        return new FilePlan(next, former, after);
    }

    /** What is found out before a trial need not be tried. */
    private static void requireWritable(Collection<Path> files) throws IOException {
        for (Path file : files) {
            Path above = (Files.exists(file) ? file.toRealPath() : file).getParent();
            while (above != null && !Files.exists(above)) {
                above = above.getParent();
            }
            if (above == null || !Files.isDirectory(above) || !Files.isWritable(above)) {
                throw new IOException(file + " cannot be written, as this user cannot make files in " + above);
            }
        }
    }

    private static boolean same(Optional<byte[]> one, Optional<byte[]> other) {
        return (one.isPresent() && other.isPresent())
                ? Arrays.equals(one.get(), other.get())
                : one.isEmpty() == other.isEmpty();
    }

    /** Writes what a plan says; may be done again after it was broken off. */
    void carryOut(FilePlan plan) throws IOException {
        put(plan.after());
    }

    /** Writes what was there before the plan. */
    void takeBack(FilePlan plan) throws IOException {
        put(plan.former());
    }

    /** First the files that are named, then the one that names them, and last what is named no more. */
    private void put(Map<Path, Optional<byte[]>> contents) throws IOException {
        for (var file : contents.entrySet()) {
            if (!file.getKey().equals(rules)) {
                write(file.getKey(), file.getValue());
            }
        }
        write(rules, contents.getOrDefault(rules, Optional.empty()));
        for (var file : contents.entrySet()) {
            if (file.getValue().isEmpty()) {
                steps.before("remove " + file.getKey().getFileName());
                WholeFiles.remove(file.getKey());
            }
        }
    }

    /** What is kept of a file may be read by those alone who may read the file. */
    private Path model(Path file) {
        String name = String.valueOf(file.getFileName());
        return name.endsWith(FilePlan.KEPT)
                ? file.resolveSibling(name.substring(0, name.length() - FilePlan.KEPT.length()))
                : rules;
    }

    private void write(Path file, Optional<byte[]> content) throws IOException {
        if (content.isPresent() && !same(WholeFiles.read(file), content)) {
            steps.before("write " + file.getFileName());
            Files.createDirectories(file.getParent());
            WholeFiles.replace(file, content.get(), model(file));
        }
    }
}
