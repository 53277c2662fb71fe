package io.secgroupd.daemon.units;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds where the hierarchy of control groups (version 2) is mounted; its place differs from host to host. */
public final class CgroupMount {

    private static final Path MOUNTS = Path.of("/proc/self/mountinfo");

    private static final int ROOT = 3;
    private static final int PLACE = 4;
    /** The kernel writes blanks, tabs, line ends and backslashes in this way. */
    private static final Pattern ESCAPED = Pattern.compile("\\\\([0-7]{3})");

    private CgroupMount() {}

    /** The directory as this process sees it; empty when there is none, or the mounts cannot be read. */
    public static Optional<Path> ofThisHost() {
        try {
            return in(Files.readString(MOUNTS, StandardCharsets.ISO_8859_1));
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    /**
     * The directory of the whole hierarchy; where only a part of one is mounted, as in a container, that of the part.
     *
     * @param mountInfo what the kernel tells about the mounts of a process, see proc(5)
     */
    public static Optional<Path> in(String mountInfo) {
        return place(mountInfo, true).or(() -> place(mountInfo, false));
    }

    private static Optional<Path> place(String mountInfo, boolean whole) {
        return mountInfo
                .lines()
                .filter(line -> line.contains(" - cgroup2 "))
                .map(line -> line.split(" ", -1))
                .filter(fields -> fields.length > PLACE && (!whole || fields[ROOT].equals("/")))
                .map(fields -> Path.of(unescaped(fields[PLACE])))
                .findFirst();
    }

    private static String unescaped(String field) {
        return ESCAPED.matcher(field).replaceAll(CgroupMount::character);
    }

    private static String character(MatchResult escaped) {
        return Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(escaped.group(1), 8)));
    }
}
