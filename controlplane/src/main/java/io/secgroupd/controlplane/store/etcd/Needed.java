package io.secgroupd.controlplane.store.etcd;

import io.secgroupd.controlplane.store.Revision;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Which contents a change brings. */
final class Needed {

    private Needed() {}

    /** @throws IOException with a sentence for the operator, when it is a change of another file */
    static SortedMap<Path, byte[]> of(Revision base, Map<Path, byte[]> changed) throws IOException {
        var needed = new TreeMap<Path, byte[]>();
        for (Map.Entry<Path, byte[]> file : changed.entrySet()) {
            Path path = file.getKey().normalize();
            Optional<byte[]> before = base.files().content(path);
            if (before.isEmpty() && !isFirst(base, path)) {
                throw new IOException(file.getKey() + " is not a file of the policy.");
            }
            if (before.isEmpty() || !Arrays.equals(before.get(), file.getValue())) {
                needed.put(path, file.getValue());
            }
        }
        return needed;
    }

    /** The first revision brings its files. None may lie elsewhere, since hosts have a directory of their own for them. */
    private static boolean isFirst(Revision base, Path path) {
        return base.serial() == 0 && !path.isAbsolute() && !path.startsWith("..");
    }
}
