package io.secgroupd.daemon.flowlog;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/** Names of the current log file and of the old ones beside it: {@code flows.log}, {@code flows.1.log.gz} and so on. */
public record LogNames(Path current) {

    private static final String LOG = ".log";

    /** The name of the old file with this number before compression; 1 is the newest. */
    public Path plain(int number) {
        return sibling("." + number + LOG);
    }

    /** The name of the same file after compression. */
    public Path gzip(int number) {
        return sibling("." + number + LOG + ".gz");
    }

    /** Both names. For a moment both files exist, with the same lines. */
    public List<Path> forms(int number) {
        return List.of(plain(number), gzip(number));
    }

    Path unfinished() {
        return sibling(".gz.unfinished");
    }

    private Path sibling(String suffix) {
        return current.resolveSibling(stem() + suffix);
    }

    /** The name without its ending. */
    public String stem() {
        String name = Objects.requireNonNull(current.getFileName(), "a file has a name")
                .toString();
        return name.endsWith(LOG) ? name.substring(0, name.length() - LOG.length()) : name;
    }
}
