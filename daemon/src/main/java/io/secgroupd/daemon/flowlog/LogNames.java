package io.secgroupd.daemon.flowlog;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/** Names of the current log file and of the old ones beside it: {@code flows.log}, {@code flows.1.log.gz} and on. */
public record LogNames(Path current) {

    private static final String LOG = ".log";

    /** The old file with this number, 1 the newest, before it is compressed. */
    public Path plain(int number) {
        return sibling("." + number + LOG);
    }

    /** The same file when it has been compressed. */
    public Path gzip(int number) {
        return sibling("." + number + LOG + ".gz");
    }

    /** Both. For a moment both exist, with the same lines. */
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
