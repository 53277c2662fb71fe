package io.secgroupd.controlplane.store.common;

import io.secgroupd.rules.file.PolicyFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Names files as seen from the directory of the control-plane file, as a policy does that has no fixed place. */
public final class RelativeFiles {

    /** The name of the control-plane file. */
    public static final String FIRST = "rules.yaml";

    private RelativeFiles() {}

    /**
     * The contents by name, with slashes.
     *
     * @throws IOException with a sentence for the operator, when a file lies elsewhere
     */
    public static SortedMap<String, byte[]> of(PolicyFiles files) throws IOException {
        var named = new TreeMap<String, byte[]>();
        Path first = absolute(files.first());
        for (Map.Entry<Path, byte[]> file : files.contents().entrySet()) {
            named.put(name(first, absolute(file.getKey())), file.getValue());
        }
        return named;
    }

    /**
     * The same files in the place of others: each lies beside the control-plane file, or below, as it did.
     *
     * @param first where the control-plane file is to be
     * @throws IOException with a sentence for the operator, when a file lies elsewhere
     */
    public static PolicyFiles inPlaceOf(Path first, PolicyFiles files) throws IOException {
        var placed = new TreeMap<Path, byte[]>();
        of(files)
                .forEach((name, content) ->
                        placed.put(name.equals(FIRST) ? first : first.resolveSibling(name), content));
        return new PolicyFiles(first, placed);
    }

    private static Path absolute(Path path) {
        return path.toAbsolutePath().normalize();
    }

    private static String name(Path first, Path file) throws IOException {
        if (file.equals(first)) {
            return FIRST;
        }
        Path name = first.resolveSibling(".").normalize().relativize(file);
        if (name.startsWith("..")) {
            throw new IOException("The policy names " + file + ", which is not beside " + first
                    + " or below; one for other hosts may not.");
        }
        return name.toString();
    }
}
