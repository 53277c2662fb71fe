package io.secgroupd.daemon.flowlog.read;

import io.secgroupd.daemon.flowlog.LogNames;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The old files beside a log, by their names: this program's names, and those that logrotate gives by number, by date,
 * with the extension kept at the end, and with any compression.
 *
 * @param newestFirst the old files, the newest first as far as the names show the order
 * @param telling     whether the names show the order, which they do when all are numbers of one kind
 * @param unknown     other files whose names begin with the name of the log
 */
record OldNames(List<Path> newestFirst, boolean telling, List<Path> unknown) {

    private static final String MARK = "(?<mark>[0-9][0-9T:._+-]*Z?|old|bak|prev)";
    private static final String PACKED = "(?:\\.(?:gz|z|Z|xz|lzma|lz|bz2|zst|lz4|zip))?";
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,4}");

    private record Old(Path path, String mark, boolean ours) {

        boolean isNumber() {
            return NUMBER.matcher(mark).matches();
        }

        BigInteger number() {
            return isNumber() ? new BigInteger(mark) : BigInteger.ZERO;
        }

        boolean isPlain() {
            return path.toString().endsWith(".log");
        }
    }

    /**
     * Numbers increase with age, while later dates are newer. If a file is being compressed, the plain one comes first.
     */
    private static final Comparator<Old> NEWEST_FIRST = Comparator.comparing(Old::isNumber)
            .reversed()
            .thenComparing(Old::number)
            .thenComparing(Old::mark, Comparator.reverseOrder())
            .thenComparing(Old::isPlain, Comparator.reverseOrder())
            .thenComparing(Old::path);

    static OldNames beside(LogNames names) throws IOException {
        Path directory = names.current().toAbsolutePath().getParent();
        if (directory == null || !Files.isDirectory(directory)) {
            return new OldNames(List.of(), true, List.of());
        }
        try (Stream<Path> siblings = Files.list(directory)) {
            return of(names, siblings.map(sibling -> String.valueOf(sibling.getFileName())));
        }
    }

    private static OldNames of(LogNames names, Stream<String> siblings) {
        String name = String.valueOf(names.current().getFileName());
        Pattern ours = Pattern.compile(Pattern.quote(names.stem()) + "[-._]" + MARK + "\\.log" + PACKED);
        Pattern appended = Pattern.compile(Pattern.quote(name) + "(?:[-._]" + MARK + ")?" + PACKED);
        Pattern alike = Pattern.compile(
                Pattern.quote(name) + "[-._~](?!.*unfinished$).*|" + Pattern.quote(name) + "~", Pattern.DOTALL);
        var old = new ArrayList<Old>();
        var unknown = new ArrayList<Path>();
        siblings.filter(found -> !found.equals(name)).sorted().forEach(found -> {
            Path path = names.current().resolveSibling(found);
            Optional<Old> known =
                    old(path, ours.matcher(found), true).or(() -> old(path, appended.matcher(found), false));
            if (known.isPresent() && Files.isRegularFile(path)) {
                old.add(known.get());
            } else if (alike.matcher(found).matches()) {
                unknown.add(path);
            }
        });
        old.sort(NEWEST_FIRST);
        boolean numbered = old.stream().allMatch(Old::isNumber);
        boolean alone = old.stream().map(Old::ours).distinct().count() <= 1;
        return new OldNames(old.stream().map(Old::path).toList(), numbered && alone, List.copyOf(unknown));
    }

    private static Optional<Old> old(Path path, Matcher found, boolean ours) {
        if (!found.matches()) {
            return Optional.empty();
        }
        String mark = found.group("mark");
        return Optional.of(new Old(path, mark == null ? "" : mark, ours));
    }
}
