package io.secgroupd.controlplane.publish;

import io.secgroupd.controlplane.edit.Draft;
import io.secgroupd.controlplane.edit.EditResult;
import io.secgroupd.controlplane.edit.EditResult.EditRefused;
import io.secgroupd.controlplane.edit.EditResult.Edited;
import io.secgroupd.controlplane.edit.Editor;
import io.secgroupd.controlplane.edit.change.IntendedChange;
import io.secgroupd.controlplane.publish.LocalDaemon.PlannedPolicy;
import io.secgroupd.controlplane.publish.Published.InForce;
import io.secgroupd.controlplane.publish.Published.NotEdited;
import io.secgroupd.controlplane.publish.Published.NotTaken;
import io.secgroupd.controlplane.publish.Published.OutOfDate;
import io.secgroupd.controlplane.publish.Published.Possible;
import io.secgroupd.controlplane.store.Origin;
import io.secgroupd.controlplane.store.PolicyStore;
import io.secgroupd.controlplane.store.PutResult;
import io.secgroupd.controlplane.store.Revision;
import io.secgroupd.rules.model.Policy;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Takes a change from its intent to its being in force: edit, checks and tests, guard of the daemon, compare-and-set on the
 * files, and the daemon's word that it follows. Whatever fails on the way leaves the files as they were.
 */
public final class Publisher {

    private final PolicyStore store;
    private final LocalDaemon daemon;

    public Publisher(PolicyStore store, LocalDaemon daemon) {
        this.store = store;
        this.daemon = daemon;
    }

    /**
     * What is asked for.
     *
     * @param dryRun whether to stop before anything is written
     * @param client the client's own connection, as {@link PlannedPolicy} has it
     */
    public record Request(List<IntendedChange> changes, Origin origin, boolean dryRun, Optional<String> client) {
        public Request {
            changes = List.copyOf(changes);
        }
    }

    /**
     * Puts a change in force.
     *
     * @param base    the revision that the change was planned on
     * @param before  what it says
     * @param earlier a draft that may have been made for it
     * @throws IOException when files cannot be read or written; then they are as they were
     */
    public Published publish(Revision base, Policy before, Request request, Optional<Draft> earlier)
            throws IOException {
        if (request.changes().isEmpty()) {
            return request.dryRun() ? new Possible() : new InForce(base);
        }
        var guard = new GuardAhead(daemon);
        EditResult result = Editor.edit(
                base.files(),
                before,
                request.changes(),
                Instant.now(),
                earlier,
                contents -> ask(guard, base, contents, request));
        if (result instanceof EditRefused refused) {
            return new NotEdited(refused);
        }
        var edited = (Edited) result;
        if (edited.files().isEmpty()) {
            return request.dryRun() ? new Possible() : new InForce(base);
        }
        PlannedPolicy candidate =
                candidate(base, edited.files(), edited.policy().hash(), request);
        Optional<String> objection = guard.objection(candidate);
        if (objection.isPresent()) {
            return new NotTaken(objection.get());
        }
        return request.dryRun() ? new Possible() : write(base, edited, request.origin());
    }

    private static void ask(GuardAhead guard, Revision base, Map<Path, byte[]> draft, Request request) {
        Optional<String> hash = base.read().hashAfter(base.files(), base.files().with(draft));
        if (!draft.isEmpty() && hash.isPresent()) {
            guard.ask(candidate(base, draft, hash.get(), request));
        }
    }

    private static PlannedPolicy candidate(Revision base, Map<Path, byte[]> changed, String hash, Request request) {
        return new PlannedPolicy(base.files(), base.hash(), base.files().with(changed), hash, request.client());
    }

    private Published write(Revision base, Edited edited, Origin origin) throws IOException {
        if (store.unread().isPresent()) {
            return new OutOfDate(); // the store would say so too, once it has read what was edited
        }
        Map<Path, byte[]> files = edited.files();
        PutResult put = store.put(base, files, edited.read(), origin);
        if (put instanceof PutResult.Superseded) {
            return new OutOfDate();
        }
        Revision stored = ((PutResult.Stored) put).revision();
        Optional<String> refusal = daemon.follow(stored.hash());
        if (refusal.isEmpty()) {
            return new InForce(stored);
        }
        return withdraw(base, stored, files, new Origin(origin.author(), "withdrawn: " + refusal.get(), origin.time()))
                ? new NotTaken(refusal.get())
                : new NotTaken(refusal.get() + "; the file was changed again meanwhile and is left as it is");
    }

    /**
     * Puts the former contents back, unless somebody has changed the files once more. The daemon follows its files by itself. A
     * fleet takes back by itself too, and may have been quicker.
     */
    private boolean withdraw(Revision base, Revision stored, Map<Path, byte[]> files, Origin origin)
            throws IOException {
        Map<Path, byte[]> former = new TreeMap<>();
        files.keySet().forEach(file -> base.files().content(file).ifPresent(content -> former.put(file, content)));
        PutResult put = store.put(stored, former, base.read(), origin);
        return put instanceof PutResult.Stored
                || ((PutResult.Superseded) put).newest().hash().equals(base.hash());
    }
}
