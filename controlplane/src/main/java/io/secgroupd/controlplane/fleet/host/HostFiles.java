package io.secgroupd.controlplane.fleet.host;

import io.secgroupd.controlplane.fleet.feed.Manifest;
import io.secgroupd.controlplane.store.common.Hashes;
import io.secgroupd.rules.file.UnfinishedFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
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

    private static final byte[] MARK =
            "secgroupd pull is writing the files of a revision.\n".getBytes(StandardCharsets.UTF_8);

    /** Stands before the ending of a file that was edited while a revision was broken off. */
    private static final String MEANWHILE = ".meanwhile";

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

    /**
     * Keeps what an operator has made of the files since a plan was broken off, as it is about to be replaced. Its name is one
     * that no plan has.
     *
     * @return the files in which it is kept
     */
    List<Path> keepEdits(FilePlan plan) throws IOException {
        var kept = new ArrayList<Path>();
        for (var file : plan.after().entrySet()) {
            Optional<byte[]> now = WholeFiles.read(file.getKey());
            if (now.isPresent() && !same(now, file.getValue()) && !same(now, plan.former(file.getKey()))) {
                Path place = file.getKey().resolveSibling(file.getKey().getFileName() + MEANWHILE + FilePlan.KEPT);
                WholeFiles.replace(place, now.get(), file.getKey());
                kept.add(place);
            }
        }
        return kept;
    }

    /**
     * Removes the mark of files that were being written. It is needed where nobody knows any more what was to be written: the
     * journal was removed by an operator, who has looked at the files.
     */
    void unmark() throws IOException {
        WholeFiles.remove(UnfinishedFiles.mark(rules));
    }

    /** The daemon may read the files at any moment, and so the mark is there before the first of them changes. */
    private void put(Map<Path, Optional<byte[]>> contents) throws IOException {
        steps.before("mark");
        WholeFiles.write(UnfinishedFiles.mark(rules), MARK);
        putEach(contents);
        steps.before("unmark");
        unmark();
    }

    /** First the files that are named, then the one that names them, and last what is named no more. */
    private void putEach(Map<Path, Optional<byte[]>> contents) throws IOException {
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
