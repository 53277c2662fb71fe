package io.secgroupd.rules.file;

import io.secgroupd.rules.model.Limits;
import io.secgroupd.rules.model.Policy;
import io.secgroupd.rules.text.Location;
import io.secgroupd.rules.text.Problems;
import io.secgroupd.rules.text.Quote;
import io.secgroupd.rules.text.Suggestions;
import io.secgroupd.rules.yaml.Fields;
import io.secgroupd.rules.yaml.FileInput;
import io.secgroupd.rules.yaml.Value;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Reads a control-plane file with everything it names. Whatever the file contains, the result is a policy or problems.
 */
public final class PolicyReader {

    /**
     * The message for a policy that exhausts the heap all the same: the estimate does not cover everything that it
     * takes.
     */
    public static final String OUT_OF_MEMORY =
            "the heap has no room for this policy; shorten lists, rules or tests, or raise SECGROUPD_HEAP";

    private PolicyReader() {}

    /**
     * Reads a control-plane file, its included files and its list files, and lints the result. The file's own tests are
     * read, but not run.
     *
     * @param file as the operator gave it, which is how problems name it
     */
    public static ReadResult read(Path file) {
        return read(file, FileInput.BY_NAME);
    }

    /**
     * Reads the same files for somebody who will not ask later whether they have changed: the result has no hash. To make one takes a
     * quarter of the time in which a JVM that has just started reads a list of a million lines.
     */
    public static ReadResult readUnhashed(Path file) {
        var sources = Sources.unhashed(new DiskShelf(FileInput.BY_NAME, Map.of()));
        return read(file, sources, Runtime.getRuntime().maxMemory());
    }

    /** Reads the same files, and holds each while it is read. */
    public static ReadResult read(Path file, FileInput.Holder holder) {
        return read(file, Map.of(), holder);
    }

    /**
     * Reads the same files, but for some of them contents that are given.
     *
     * @param instead the contents by the paths of files; those are not opened
     */
    public static ReadResult read(Path file, Map<Path, byte[]> instead, FileInput.Holder holder) {
        var sources = new Sources(new DiskShelf(holder, instead));
        return read(file, sources, Runtime.getRuntime().maxMemory());
    }

    /** Reads a text as {@link #read(Path)} would read the file at its place if that had the same content. */
    public static ReadResult read(PolicyText text) {
        return read(text, FileInput.BY_NAME);
    }

    /** Reads a text and the files that it names, and holds each of those while it is read. */
    public static ReadResult read(PolicyText text, FileInput.Holder holder) {
        ReadResult read = read(text.place(), Map.of(text.place(), text.content()), holder);
        return new ReadResult(read.policy(), text.told(read.problems()), read.files(), read.hash());
    }

    /** Reads a policy whose files are all given; nothing is looked for on the disk. */
    public static ReadResult read(PolicyFiles files) {
        var sources = new Sources(new GivenShelf(files));
        return read(files.first(), sources, Runtime.getRuntime().maxMemory());
    }

    /**
     * Whether files for certain hold the bytes that were read from them before, in which case they need not be understood
     * again. It is false also where only a reading can tell: a directory was searched, or a file was read twice.
     *
     * @param files as {@link ReadResult#files()}
     * @param hash  as {@link ReadResult#hash()}
     */
    public static boolean isStill(List<Path> files, String hash, FileInput.Holder holder) {
        var sources = new Sources(new DiskShelf(holder, Map.of()));
        try {
            for (Path file : files) {
                sources.read(file, ListFile.MAX_BYTES, in -> in.transferTo(OutputStream.nullOutputStream()));
            }
        } catch (IOException e) {
            return false; // the reading will say why
        }
        return sources.hash().equals(hash);
    }

    /** @param heap in bytes; a policy that needs too much of it is refused */
    static ReadResult read(Path file, long heap) {
        return read(file, new Sources(new DiskShelf(FileInput.BY_NAME, Map.of())), heap);
    }

    private static ReadResult read(Path file, Sources sources, long heap) {
        var problems = new Problems();
        try {
            return read(file, new Room(heap), sources, problems);
        } catch (OutOfMemoryError e) {
            problems.error(new Location(file.toString(), 1, 1), "", OUT_OF_MEMORY);
            return new ReadResult(Optional.empty(), problems.sorted(), sources.files(), sources.hash());
        }
    }

    private static ReadResult read(Path file, Room room, Sources sources, Problems problems) {
        var documents = new Documents(sources, problems, room);
        Optional<Policy> policy = documents.read(file).map(all -> {
            room.takeNodes(documents.values(), new Location(file.toString(), 1, 1));
            return build(all, sources, problems, room);
        });
        room.report(problems);
        return new ReadResult(
                policy.filter(p -> !problems.hasErrors()), problems.sorted(), sources.files(), sources.hash());
    }

    private static Policy build(List<Fields> documents, Sources sources, Problems problems, Room room) {
        var sections = new Sections(documents);
        var lists = sections.entries("prefix_lists");
        var groups = sections.entries("security_groups");
        var limits = LimitsReader.read(sections.entries("limits"));
        var suggestions = new Suggestions();
        var instanceEntries = sections.entries("instances");
        var clusterEntries = sections.entries("clusters");
        var named =
                Stream.concat(instanceEntries.stream(), clusterEntries.stream()).toList();
        var references = new References(lists, groups, named, sections.stale(), suggestions);
        var prefixLists = new PrefixListReader(sources, problems, room).read(lists);
        var securityGroups = new GroupReader(references, limits, problems, room).read(groups);
        var registered = new RegisteredReader(sections.entries("registered"));
        var instances = new InstanceReader(references, limits, registered, room);
        instances.read(instanceEntries, clusterEntries);
        registered.reportRest(instances, suggestions);
        var tests = new ExpectationReader(instances, suggestions).read(sections.items("tests"));
        var invariants = new InvariantReader(instances, references, suggestions).read(sections.items("invariants"));
        return new Policy(
                limits, prefixLists, securityGroups, instances.instances(), instances.clusters(), tests, invariants);
    }

    /** Reads {@code limits}. */
    static final class LimitsReader {

        private LimitsReader() {}

        static Limits read(List<Value.NamedValue> entries) {
            int rules = Limits.DEFAULT.rulesPerSecurityGroup();
            int groups = Limits.DEFAULT.securityGroupsPerInstance();
            for (Value.NamedValue entry : entries) {
                switch (entry.key()) {
                    case "rules_per_security_group" ->
                        rules = entry.value().integer(1, 1000).orElse(rules);
                    case "security_groups_per_instance" ->
                        groups = entry.value().integer(1, 16).orElse(groups);
                    default ->
                        entry.error("unknown key " + Quote.of(entry.key())
                                + "; write rules_per_security_group or security_groups_per_instance");
                }
            }
            return new Limits(rules, groups);
        }
    }
}
