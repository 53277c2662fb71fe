package io.secgroupd.controlplane.store.directory;

import io.secgroupd.controlplane.store.Origin;
import io.secgroupd.controlplane.store.common.Hashes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Ends a change whose process was killed. In which state the files are then:
 *
 * <ul>
 *   <li>before the journal is written: the old one; at most a hidden file lies beside, which the next change removes;
 *   <li>with a journal, and no file exchanged: the old one;
 *   <li>some files exchanged: each file is whole, old or new; here the new ones are put back, so all are old;
 *   <li>all files exchanged: the new one, which here becomes the revision that was asked for, by the author who asked;
 *   <li>at the very moment of an exchange that displaced an edit by hand: here the edit is put back.
 * </ul>
 *
 * <p>Edits by hand since the crash stay in any case.
 */
final class Recovery {

    private final Journal journal;
    private final Contents contents;
    private final NameExchange names;

    Recovery(Journal journal, Contents contents, NameExchange names) {
        this.journal = journal;
        this.contents = contents;
        this.names = names;
    }

    /**
     * Makes the files whole. When the change was complete, its origin is returned, and the journal is left for the one who
     * notes the revision.
     */
    Optional<Origin> run() throws IOException {
        Optional<Journal.Pending> pending = journal.pending();
        if (pending.isEmpty()) {
            return Optional.empty();
        }
        List<Journal.FileChange> files = pending.get().files();
        for (Journal.FileChange file : files) {
            returnDisplaced(file);
        }
        boolean complete = files.stream().allMatch(file -> isAt(file.target(), file.after()));
        boolean halved = files.stream().anyMatch(file -> isAt(file.target(), file.before()));
        for (Journal.FileChange file : files) {
            if (halved && isAt(file.target(), file.after())) {
                putBack(file);
            }
            Files.deleteIfExists(FileReplacement.hiddenBeside(file.target()));
            Files.deleteIfExists(NameExchange.linkOf(FileReplacement.hiddenBeside(file.target())));
        }
        if (complete) {
            return Optional.of(pending.get().origin());
        }
        journal.end();
        return Optional.empty();
    }

    private static boolean isAt(Path file, String sha256) {
        return Disk.bytes(file).map(Hashes::sha256).filter(sha256::equals).isPresent();
    }

    /** A hidden content that is neither the old nor the new one is what somebody saved right before the exchange. */
    private void returnDisplaced(Journal.FileChange file) throws IOException {
        Path hidden = FileReplacement.hiddenBeside(file.target());
        boolean displaced = Files.exists(hidden) && !isAt(hidden, file.before()) && !isAt(hidden, file.after());
        if (displaced && isAt(file.target(), file.after())) {
            FileReplacement.exchangeUntilNobodyCameBetween(names, hidden, file.target(), Disk.bytes(file.target()));
        }
    }

    private void putBack(Journal.FileChange file) throws IOException {
        byte[] old = contents.find(file.before())
                .orElseThrow(() -> new IOException("The content of " + file.path()
                        + " before a change that was cut short is lost. Look whether the policy is whole, and then remove"
                        + " pending.json in the state directory."));
        byte[] now = contents.find(file.after())
                .orElseGet(() -> Disk.bytes(file.target()).orElse(old));
        FileReplacement back = FileReplacement.prepare(names, file.path(), now, old);
        back.putInPlace(); // when it is not, somebody has edited the file by now
        back.discard();
    }
}
