package io.secgroupd.controlplane.simulation;

import io.secgroupd.controlplane.store.Origin;
import io.secgroupd.controlplane.store.Revision;
import io.secgroupd.rules.file.PolicyFiles;
import io.secgroupd.rules.file.PolicyReader;
import io.secgroupd.rules.file.ReadResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The revisions that all control servers share. */
final class SharedPolicy {

    static final Path RULES = Path.of("/etc/secgroupd/rules.yaml");

    private final List<Revision> revisions = new ArrayList<>();

    SharedPolicy(String text, Origin origin) {
        PolicyFiles files = files(text);
        add(files, PolicyReader.read(files), origin);
    }

    static PolicyFiles files(String text) {
        return new PolicyFiles(RULES, Map.of(RULES, text.getBytes(StandardCharsets.UTF_8)));
    }

    static String text(PolicyFiles files) {
        return new String(files.content(RULES).orElseThrow(), StandardCharsets.UTF_8);
    }

    Revision newest() {
        return revisions.get(revisions.size() - 1);
    }

    Optional<Revision> revision(long serial) {
        return serial < 1 || serial > revisions.size()
                ? Optional.empty()
                : Optional.of(revisions.get((int) serial - 1));
    }

    Revision add(PolicyFiles files, ReadResult read, Origin origin) {
        var made = new Revision(revisions.size() + 1L, files, read, origin);
        revisions.add(made);
        return made;
    }
}
