package io.secgroupd.daemon.control;

import io.secgroupd.daemon.terms.RulesRights;
import io.secgroupd.rules.text.Location;
import io.secgroupd.rules.text.Problem;
import io.secgroupd.rules.text.Problem.Severity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Checks who may change the files of the policy. Whoever may write one, or put another in its place, decides who gets into
 * this host.
 */
public final class FileRights {

    /** The users who may change the files: root, and the users of the services, whom the packages create. */
    private static final Set<String> TRUSTED = Set.of("root", "secgroupd", "secgroupd-control", "secgroupd-pull");

    /** The user as whom the daemon runs is trusted. */
    private static final String ME = System.getProperty("user.name", "root");

    private FileRights() {}

    /**
     * A weakness by which somebody who should not can change a file or put another in its place.
     *
     * @param everybody whether the mode lets others write, rather than the owner being an untrusted user
     * @param what the fault, as words that follow the file's name
     * @param mend a command that repairs it
     */
    public record Objection(Path file, boolean everybody, String what, String mend) {}

    /**
     * Finds the faults of these files, of what links lead to, and of the directories on both paths. The calling user gets no
     * extra trust, because it is the service that obeys the files.
     */
    public static List<Objection> objections(Collection<Path> files) {
        return objections(files, new TreeMap<>(), Set.of());
    }

    /** @param opened the files as they were when they were read: other files may have their names by now */
    static List<Problem> problems(
            RulesRights rights, Collection<Path> files, SortedMap<Path, PosixFileAttributes> opened) {
        return rights == RulesRights.IGNORE
                ? List.of()
                : objections(files, opened, Set.of(ME)).stream()
                        .map(objection -> problem(rights, objection))
                        .toList();
    }

    private static List<Objection> objections(
            Collection<Path> files, SortedMap<Path, PosixFileAttributes> opened, Set<String> alsoTrusted) {
        // Keyed by text: a hash map searches Paths of equal hash one by one.
        Map<String, Path> all = new LinkedHashMap<>();
        for (Path file : files) {
            withDirectories(file.toAbsolutePath().normalize(), all);
            withDirectories(real(file), all);
        }
        opened.keySet().forEach(file -> withDirectories(file, all));
        return all.values().stream()
                .flatMap(file -> opened.containsKey(file)
                        ? objections(file, Objects.requireNonNull(opened.get(file)), false, alsoTrusted)
                        : objections(file, alsoTrusted))
                .toList();
    }

    private static void withDirectories(Path file, Map<String, Path> all) {
        for (@Nullable Path at = file; at != null; at = at.getParent()) {
            all.putIfAbsent(at.toString(), at);
        }
    }

    private static Path real(Path file) {
        try {
            return file.toRealPath();
        } catch (IOException e) {
            return file.toAbsolutePath(); // the reader of the file reports that it is missing
        }
    }

    private static Stream<Objection> objections(Path file, Set<String> alsoTrusted) {
        PosixFileAttributes attributes;
        boolean sticky;
        try {
            attributes = Files.readAttributes(file, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            sticky = ((Integer) Files.getAttribute(file, "unix:mode", LinkOption.NOFOLLOW_LINKS) & 01000) != 0;
        } catch (IOException | UnsupportedOperationException e) {
            return Stream.empty();
        }
        return objections(file, attributes, sticky, alsoTrusted);
    }

    private static Stream<Objection> objections(
            Path file, PosixFileAttributes attributes, boolean sticky, Set<String> alsoTrusted) {
        if (attributes.isSymbolicLink()) {
            // The mode of a link says that everybody may write it, yet nobody can.
            return owned(file, attributes, alsoTrusted);
        }
        // In a sticky directory nobody can replace somebody else's file.
        boolean exposed = isWritableByOthers(attributes) && !(attributes.isDirectory() && sticky);
        Stream<Objection> writable = exposed
                ? Stream.of(new Objection(
                        file,
                        true,
                        "can be written by others (mode " + PosixFilePermissions.toString(attributes.permissions())
                                + "), who decide who gets into this host",
                        "chmod go-w " + file))
                : Stream.empty();
        return Stream.concat(writable, owned(file, attributes, alsoTrusted));
    }

    private static Stream<Objection> owned(Path file, PosixFileAttributes attributes, Set<String> alsoTrusted) {
        String owner = attributes.owner().getName();
        return TRUSTED.contains(owner) || alsoTrusted.contains(owner)
                ? Stream.empty()
                : Stream.of(new Objection(
                        file,
                        false,
                        "has the owner " + owner + ", who decides who gets into this host",
                        "chown root " + file));
    }

    /**
     * Reports group write access even for a group with root as its only member: some hosts let a group of administrators
     * edit this way.
     */
    private static boolean isWritableByOthers(PosixFileAttributes attributes) {
        boolean group = attributes.permissions().contains(PosixFilePermission.GROUP_WRITE)
                && !TRUSTED.contains(attributes.group().getName());
        return group || attributes.permissions().contains(PosixFilePermission.OTHERS_WRITE);
    }

    private static Problem problem(RulesRights rights, Objection objection) {
        return new Problem(
                rights == RulesRights.REFUSE ? Severity.ERROR : Severity.WARNING,
                new Location(objection.file().toString(), 1, 1),
                "",
                objection.what() + "; run " + objection.mend());
    }
}
