package io.secgroupd.controlplane.server;

import io.secgroupd.controlplane.server.StoreSettings.InDirectory;
import io.secgroupd.controlplane.server.StoreSettings.InEtcd;
import io.secgroupd.controlplane.store.Origin;
import io.secgroupd.controlplane.store.PolicyStore;
import io.secgroupd.controlplane.store.Revision;
import io.secgroupd.controlplane.store.StoreFailedException;
import io.secgroupd.controlplane.store.directory.DirectoryStore;
import io.secgroupd.controlplane.store.directory.PolicyOnDisk;
import io.secgroupd.controlplane.store.etcd.EtcdStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;

/** Opens the store of the settings. Of etcd no class is loaded unless they name it. */
public final class Stores {

    /** Each takes five seconds when nobody answers. */
    private static final int ATTEMPTS = 5;

    private Stores() {}

    /**
     * Opens it.
     *
     * @param state where a store of files keeps its history
     * @throws IOException with a sentence for the operator
     */
    public static PolicyStore open(StoreSettings settings, Path state, Clock clock) throws IOException {
        if (settings instanceof InDirectory files) {
            return new DirectoryStore(files.rules(), state, clock);
        }
        var inEtcd = (InEtcd) settings;
        EtcdStore store = EtcdStore.open(inEtcd.etcd());
        try {
            await(store);
            if (inEtcd.initial().isPresent()) {
                putInitial(store, inEtcd.initial().get(), clock);
            }
            return store;
        } catch (IOException | RuntimeException e) {
            store.close();
            throw e;
        }
    }

    /**
     * Waits until a store answers. The first call loads the client of etcd, which on a busy host takes longer than a call may; and
     * an etcd may be starting too.
     */
    private static void await(PolicyStore store) throws IOException {
        for (int attempt = 1; attempt < ATTEMPTS; attempt++) {
            try {
                var unused = store.history(1);
                return;
            } catch (StoreFailedException e) {
                if (!e.isPassing()) {
                    throw e;
                }
            }
        }
        var unused = store.history(1);
    }

    /** Of several servers that start at once, one puts it, and the others find it there. */
    private static void putInitial(PolicyStore store, Path rules, Clock clock) throws IOException {
        Revision none = store.current();
        if (none.serial() > 0) {
            return;
        }
        PolicyOnDisk found = PolicyOnDisk.read(rules);
        if (!found.read().errors().isEmpty()) {
            throw new IOException("etcd holds no policy yet, and the initial one has errors: "
                    + found.read().errors().get(0));
        }
        var unused = store.put(
                none,
                found.files().contents(),
                new Origin("control server", "initial policy " + rules, clock.instant()));
    }
}
