package io.secgroupd.controlplane.fleet.host;

import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a revision changes on the disk. Files that stay as they are are not in it.
 *
 * @param next   what is followed when it is done
 * @param former the contents until now, by path; empty where there is no file
 * @param after  the contents from then on, of the same paths; empty where the file is removed
 */
record FilePlan(Followed next, SortedMap<Path, Optional<byte[]>> former, SortedMap<Path, Optional<byte[]>> after) {

    /** What stands behind the name of a file that was edited by hand. */
    static final String KEPT = ".before-fleet";

    FilePlan {
        former = Collections.unmodifiableSortedMap(new TreeMap<>(former));
        after = Collections.unmodifiableSortedMap(new TreeMap<>(after));
        if (!former.keySet().equals(after.keySet())) {
            throw new IllegalArgumentException("a plan must know how each file was");
        }
    }

    /** The content of a file of the plan until now. */
    Optional<byte[]> former(Path file) {
        return former.getOrDefault(file, Optional.empty());
    }

    /** The files in which an edit by hand is kept. */
    List<Path> kept() {
        return after.keySet().stream()
                .filter(path -> path.toString().endsWith(KEPT))
                .toList();
    }
}
