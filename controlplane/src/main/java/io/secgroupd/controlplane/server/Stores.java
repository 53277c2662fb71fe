package io.secgroupd.controlplane.server;

import io.secgroupd.controlplane.server.StoreSettings.InDirectory;
import io.secgroupd.controlplane.server.StoreSettings.InEtcd;
import io.secgroupd.controlplane.store.Origin;
import io.secgroupd.controlplane.store.PolicyStore;
import io.secgroupd.controlplane.store.Revision;
import io.secgroupd.controlplane.store.directory.DirectoryStore;
import io.secgroupd.controlplane.store.etcd.EtcdStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.TreeMap;

/** Opens the store of the settings. Of etcd no class is loaded unless they name it. */
final class Stores {

    private Stores() {}

    /** @throws IOException with a sentence for the operator */
    static PolicyStore open(StoreSettings settings, Path state, Clock clock) throws IOException {
        if (settings instanceof InDirectory files) {
            return new DirectoryStore(files.rules(), state, clock);
        }
        var inEtcd = (InEtcd) settings;
        EtcdStore store = EtcdStore.open(inEtcd.etcd());
        try {
            if (inEtcd.initial().isPresent()) {
                putInitial(store, inEtcd.initial().get(), state, clock);
            }
            return store;
        } catch (IOException | RuntimeException e) {
            store.close();
            throw e;
        }
    }

    /** Of several servers that start at once, one puts it, and the others find it there. */
    private static void putInitial(PolicyStore store, Path rules, Path state, Clock clock) throws IOException {
        Revision none = store.current();
        if (none.serial() > 0) {
            return;
        }
        Map<Path, byte[]> files;
        try (var directory = new DirectoryStore(rules, state, clock)) {
            Revision found = directory.current();
            if (!found.read().errors().isEmpty()) {
                throw new IOException("etcd holds no policy yet, and the initial one has errors: "
                        + found.read().errors().get(0));
            }
            files = relative(found, rules);
        }
        var unused = store.put(none, files, new Origin("control server", "initial policy " + rules, clock.instant()));
    }

    private static Map<Path, byte[]> relative(Revision found, Path rules) throws IOException {
        var files = new TreeMap<Path, byte[]>();
        Path first = rules.toAbsolutePath().normalize();
        for (Map.Entry<Path, byte[]> file : found.files().contents().entrySet()) {
            Path path = file.getKey().toAbsolutePath().normalize();
            Path name = path.equals(first)
                    ? Path.of("rules.yaml")
                    : first.resolveSibling(".").normalize().relativize(path);
            if (name.startsWith("..")) {
                throw new IOException("The initial policy names " + path + ", which is not beside " + first
                        + " or below; a policy in etcd may not.");
            }
            files.put(name, file.getValue());
        }
        return files;
    }
}
