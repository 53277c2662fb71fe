package io.secgroupd.controlplane.store.directory;

import io.secgroupd.controlplane.store.Origin;
import io.secgroupd.rules.file.PolicyFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** Changes several files, all or none: first all new contents are written, then they are put in place one by one. */
final class FileChanges {

    private final Journal journal;
    private final List<FileReplacement> files = new ArrayList<>();

    private FileChanges(Journal journal) {
        this.journal = journal;
    }

    /**
     * Writes the new contents beside the files, and then the journal.
     *
     * @param before the files as they must be until they are replaced
     */
    static FileChanges prepare(
            Journal journal, NameExchange names, PolicyFiles before, Map<Path, byte[]> changed, Origin origin)
            throws IOException {
        var changes = new FileChanges(journal);
        try {
            for (Map.Entry<Path, byte[]> file : changed.entrySet()) {
                byte[] old = before.content(file.getKey()).orElseThrow();
                changes.files.add(FileReplacement.prepare(names, file.getKey(), old, file.getValue()));
            }
            List<Journal.FileChange> begun =
                    changes.files.stream().map(FileReplacement::change).toList();
            requireDifferent(begun);
            journal.begin(origin, begun);
            return changes;
        } catch (IOException e) {
            changes.discard();
            throw e;
        }
    }

    private static void requireDifferent(List<Journal.FileChange> files) throws IOException {
        long targets = files.stream().map(Journal.FileChange::target).distinct().count();
        if (targets < files.size()) {
            throw new IOException("Two of the files to change are one, by a link; change it under one name.");
        }
    }

    /** Returns false, with nothing changed, when one of the files is not as it was. */
    boolean putInPlace() throws IOException {
        for (FileReplacement file : files) {
            if (!file.putInPlace()) {
                takeBack();
                return false;
            }
        }
        return true;
    }

    /** Puts back what was there before, and ends. */
    void takeBack() throws IOException {
        var last = new ArrayList<>(files);
        Collections.reverse(last);
        for (FileReplacement file : last) {
            file.takeBack();
        }
        end();
    }

    /** Ends: the old contents are no longer needed here. */
    void end() throws IOException {
        journal.end();
        discard();
    }

    private void discard() throws IOException {
        for (FileReplacement file : files) {
            file.discard();
        }
    }
}
