package io.secgroupd.controlplane.console.traffic;

import io.secgroupd.controlplane.store.PolicyStore;
import io.secgroupd.controlplane.store.Revision;
import java.io.IOException;

/** The nodes of the policy in force, made anew when it has changed. Safe for use by several threads. */
final class NodesInForce {

    private final PolicyStore store;
    private volatile PolicyNodes nodes = PolicyNodes.NONE;
    private String hash = "";

    NodesInForce(PolicyStore store) {
        this.store = store;
    }

    /**
     * Looks whether the policy has changed. While the newest revision is broken, the nodes stay those of the last one.
     *
     * @throws IOException with a sentence, when the store cannot be read
     */
    synchronized void refresh() throws IOException {
        Revision newest = store.current();
        if (!newest.hash().equals(hash)) {
            newest.read().policy().ifPresent(policy -> nodes = PolicyNodes.of(policy));
            hash = newest.hash();
        }
    }

    /** The nodes as they were found last. It costs nothing. */
    PolicyNodes known() {
        return nodes;
    }
}
