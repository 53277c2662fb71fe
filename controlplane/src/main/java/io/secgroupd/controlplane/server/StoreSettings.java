package io.secgroupd.controlplane.server;

import io.secgroupd.controlplane.store.etcd.EtcdSettings;
import java.nio.file.Path;
import java.util.Optional;

/** Where the policy is kept. */
public sealed interface StoreSettings {

    /**
     * In files of this host, which its daemon reads.
     *
     * @param rules the file that includes all others
     */
    record InDirectory(Path rules) implements StoreSettings {}

    /**
     * In an etcd, for several control servers.
     *
     * @param initial a rules file that is put there, with all that it includes, when nothing is there yet
     */
    record InEtcd(EtcdSettings etcd, Optional<Path> initial) implements StoreSettings {}
}
