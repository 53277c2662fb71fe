package io.secgroupd.daemon.doctor;

import io.secgroupd.daemon.terms.Backend;
import java.util.Optional;

/** The version of each tool that can install the skeleton, and the result of a trial with it. */
record BackendFacts(Backend wanted, Tool nft, Tool iptables) {

    /**
     * One tool.
     *
     * @param version  the version that the tool prints; empty when it is not installed
     * @param tried    false when this user could not create a namespace for the trial
     * @param obstacle the reason why the trial failed; empty when it did not fail
     */
    record Tool(Optional<String> version, boolean tried, Optional<String> obstacle) {

        boolean works() {
            return version.isPresent() && tried && obstacle.isEmpty();
        }
    }

    Tool tool(Backend backend) {
        return backend == Backend.NFT ? nft : iptables;
    }

    /** The backend that {@code auto} chooses here, or the one that the settings name; empty when neither works. */
    Optional<Backend> choice() {
        if (wanted != Backend.AUTO) {
            return Optional.of(wanted);
        }
        if (nft.works()) {
            return Optional.of(Backend.NFT);
        }
        return iptables.works() ? Optional.of(Backend.IPTABLES) : Optional.empty();
    }

    boolean legacyIptables() {
        return iptables.version().filter(version -> version.contains("legacy")).isPresent();
    }
}
