package io.secgroupd.controlplane.store.etcd;

import io.secgroupd.controlplane.store.Origin;
import io.secgroupd.controlplane.store.Revision;
import io.secgroupd.controlplane.store.common.Hashes;
import io.secgroupd.rules.file.PolicyFiles;
import io.secgroupd.rules.file.PolicyReader;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/** The newest revision that this store has read, and where in etcd it was found. */
record Known(Revision revision, Head head) {

    private static final Origin NOBODY = new Origin("nobody", "nothing was stored yet", Instant.EPOCH);

    /** What an etcd has in which nothing was put yet: a policy without files, which is a broken one. */
    static Known nothing(Head head) {
        var files = new PolicyFiles(Revisions.FIRST, Map.of());
        return new Known(new Revision(0, files, PolicyReader.read(files), NOBODY), head);
    }

    /** The contents of its files by their hash. */
    Map<String, byte[]> contents() {
        var contents = new TreeMap<String, byte[]>();
        revision.files().contents().values().forEach(content -> contents.put(Hashes.sha256(content), content));
        return contents;
    }
}
