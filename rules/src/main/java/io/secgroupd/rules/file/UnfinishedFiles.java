package io.secgroupd.rules.file;

import io.secgroupd.rules.text.Location;
import io.secgroupd.rules.text.Problem;
import io.secgroupd.rules.text.Problem.Severity;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A mark beside the files of a policy while several of them are being written: until it is gone, some may be of one policy and
 * some of another. Each file by itself is always whole.
 */
public final class UnfinishedFiles {

    private UnfinishedFiles() {}

    /**
     * Where the mark is, under a name that no glob of a policy finds.
     *
     * @param rules the file that includes all others
     */
    public static Path mark(Path rules) {
        return rules.resolveSibling("." + rules.getFileName() + ".unfinished");
    }

    /** Why the files must not be followed now; empty when nobody is writing them. */
    public static Optional<Problem> problem(Path rules) {
        Path mark = mark(rules);
        return Files.exists(mark)
                ? Optional.of(new Problem(
                        Severity.ERROR,
                        new Location(mark.toString(), 1, 1),
                        "",
                        "secgroupd pull has begun to write the files of another revision, and some may be old and some new;"
                                + " it finishes or undoes that when it is started (systemctl start secgroupd-pull);"
                                + " or make the files whole yourself, and remove this mark"))
                : Optional.empty();
    }
}
