package io.secgroupd.controlplane.store.etcd;

import io.secgroupd.controlplane.store.Origin;
import io.secgroupd.controlplane.store.PolicyStore;
import io.secgroupd.controlplane.store.PutResult;
import io.secgroupd.controlplane.store.Revision;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** A policy of one file, to which lines are added. */
final class Lines {

    static final Path FILE = Path.of("rules.yaml");

    private static final Origin ORIGIN = new Origin("test", "a line", Instant.EPOCH);

    private Lines() {}

    static void begin(PolicyStore store) throws IOException {
        var unused = store.put(store.current(), Map.of(FILE, bytes("version: 1\n")), ORIGIN);
    }

    static List<String> of(Revision revision) {
        return text(revision).lines().toList();
    }

    static PutResult add(PolicyStore store, Revision base, String line) throws IOException {
        return store.put(base, Map.of(FILE, bytes(text(base) + "# " + line + "\n")), ORIGIN);
    }

    private static String text(Revision revision) {
        return new String(revision.files().content(FILE).orElseThrow(), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
