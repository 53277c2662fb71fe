package io.secgroupd.daemon.units;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Reads the names of all control groups. The id of a group is the number of its directory's inode. */
final class CgroupTree {

    /** Directories beyond this number are not read. */
    private static final int MOST = 16_384;

    private static final String ATTRIBUTES = "unix:ino,nlink,mode";
    private static final int TYPE = 0170000;
    private static final int DIRECTORY = 0040000;
    /** A directory without others in it has itself and its name. */
    private static final int LINKS_OF_A_LEAF = 2;

    private final Path root;

    CgroupTree(Path root) {
        this.root = root;
    }

    /** The name of each group by its id. Groups that come and go meanwhile may be missing. */
    Map<Long, String> read() {
        Map<Long, String> names = new HashMap<>();
        Deque<Path> open = new ArrayDeque<>(List.of(root));
        while (!open.isEmpty() && names.size() < MOST) {
            visit(open.remove(), names, open);
        }
        return names;
    }

    /** The files of a group are many, and most groups have no others in them: these need not be listed. */
    private void visit(Path path, Map<Long, String> names, Deque<Path> open) {
        try {
            Map<String, Object> directory = Files.readAttributes(path, ATTRIBUTES, LinkOption.NOFOLLOW_LINKS);
            if ((number(directory, "mode") & TYPE) != DIRECTORY) {
                return;
            }
            names.put(number(directory, "ino"), UnitName.of(parts(path)));
            if (number(directory, "nlink") == LINKS_OF_A_LEAF) {
                return;
            }
            try (DirectoryStream<Path> inside = Files.newDirectoryStream(path)) {
                inside.forEach(open::add);
            }
        } catch (IOException | DirectoryIteratorException gone) {
            // The group has ended since its directory was listed: it has no name any more.
        }
    }

    private static long number(Map<String, Object> attributes, String name) {
        return ((Number) Objects.requireNonNull(attributes.get(name), name)).longValue();
    }

    private List<String> parts(Path path) {
        var parts = new ArrayList<String>();
        if (!path.equals(root)) {
            root.relativize(path).forEach(part -> parts.add(part.toString()));
        }
        return parts;
    }
}
