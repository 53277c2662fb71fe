package io.secgroupd.controlplane.store;

import io.secgroupd.rules.file.PolicyFiles;
import io.secgroupd.rules.file.PolicyReader;
import io.secgroupd.rules.file.ReadResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Keeps the policy as numbered revisions. It does not judge them: a revision whose policy is broken is one like any other, so
 * that an edit by hand is never hidden.
 */
public interface PolicyStore extends AutoCloseable {

    /**
     * The newest revision. It costs little while nothing has changed.
     *
     * @throws IOException with a sentence for the operator
     */
    Revision current() throws IOException;

    /**
     * Which revision is the newest. Nobody need have read what its files say.
     *
     * @throws IOException with a sentence for the operator
     */
    default Newest newest() throws IOException {
        return Newest.of(current());
    }

    /**
     * The files as they are now, when they were changed since the newest revision that has been read. What they say is not known
     * yet, and they may still be written to.
     */
    default Optional<PolicyFiles> unread() {
        return Optional.empty();
    }

    /**
     * Changes files of the policy, unless it has become another one than {@code base} meanwhile.
     *
     * @param changed the new contents of some of the files of {@code base}, by their paths there
     * @param read    what all files together say then, so that they need not be read once more
     * @throws IOException with a sentence for the operator; nothing is changed then
     */
    PutResult put(Revision base, Map<Path, byte[]> changed, ReadResult read, Origin origin) throws IOException;

    /** The same for one who has not read the files as they will be. */
    default PutResult put(Revision base, Map<Path, byte[]> changed, Origin origin) throws IOException {
        return put(base, changed, PolicyReader.read(base.files().with(changed)), origin);
    }

    /**
     * Puts other files in the place of all that there are, unless the policy has become another one than {@code base} meanwhile.
     * A store in a directory has its files where others read them, and so keeps to their names.
     *
     * @param files of the same control-plane file as {@code base}
     * @param read  what they say
     * @throws IOException with a sentence for the operator; nothing is changed then
     */
    PutResult replace(Revision base, PolicyFiles files, ReadResult read, Origin origin) throws IOException;

    /**
     * The files of a revision; empty when it is not remembered.
     *
     * @throws IOException with a sentence for the operator
     */
    Optional<PolicyFiles> files(long serial) throws IOException;

    /** What control servers share beside the policy. It is closed with this store. */
    RecordStore records();

    /**
     * The revisions that are remembered, newest first.
     *
     * @param most the greatest number of them
     */
    List<HistoryEntry> history(int most) throws IOException;

    /**
     * The newest revision that has no errors and whose own tests pass: what to return to. Empty when none of those that are
     * remembered is sound.
     */
    Optional<Revision> newestSound() throws IOException;

    /**
     * Calls a listener with each revision that is newer than the current one, in their order, whoever made it. It is called on
     * a thread of the store's, which waits for it; of a listener that is too slow for that, revisions in between are left out,
     * and the newest never is.
     *
     * @return ends the calls when closed
     */
    AutoCloseable watch(Consumer<Revision> listener);

    /**
     * Calls a listener as soon as there may be a newer revision, which nobody need have read yet. It is called more often than
     * there are any.
     *
     * @return ends the calls when closed
     */
    default AutoCloseable watchNewest(Runnable listener) {
        return watch(revision -> listener.run());
    }

    @Override
    void close() throws IOException;
}
