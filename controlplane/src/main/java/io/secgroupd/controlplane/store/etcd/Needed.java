package io.secgroupd.controlplane.store.etcd;

import io.secgroupd.controlplane.store.Revision;
import io.secgroupd.controlplane.store.common.Hashes;
import io.secgroupd.rules.file.PolicyFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
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
        return base.serial() == 0 && isPlain(path);
    }

    private static boolean isPlain(Path path) {
        return !path.isAbsolute() && !path.startsWith("..");
    }

    /** @throws IOException with a sentence for the operator, when a file lies elsewhere than the others, or the first is missing */
    static void requirePlain(PolicyFiles files) throws IOException {
        for (Path path : files.contents().keySet()) {
            if (!isPlain(path)) {
                throw new IOException(path + " does not lie in the directory of the policy.");
            }
        }
        if (!files.first().normalize().equals(Revisions.FIRST)
                || files.content(Revisions.FIRST).isEmpty()) {
            throw new IOException("The first file of the policy must be " + Revisions.FIRST + ".");
        }
    }

    /** The contents that the files before do not have. */
    static Collection<byte[]> more(Revision base, PolicyFiles files) {
        Collection<String> before = Hashes.of(base.files()).values();
        return files.contents().values().stream()
                .filter(content -> !before.contains(Hashes.sha256(content)))
                .toList();
    }
}
