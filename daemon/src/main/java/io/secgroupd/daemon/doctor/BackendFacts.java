package io.secgroupd.daemon.doctor;

import io.secgroupd.daemon.terms.Backend;
import java.util.Optional;

/** What each tool that can carry the skeleton says of itself, and how a trial with it ended. */
record BackendFacts(Backend wanted, Tool nft, Tool iptables) {

    /**
     * One tool.
     *
     * @param version  as it names itself; empty when it is not installed
     * @param tried    false when this user could make no namespace to try it in
     * @param obstacle why the trial failed; empty when it did not
     */
    record Tool(Optional<String> version, boolean tried, Optional<String> obstacle) {

        boolean works() {
            return version.isPresent() && tried && obstacle.isEmpty();
        }
    }

    Tool tool(Backend backend) {
        return backend == Backend.NFT ? nft : iptables;
    }

    /** What {@code auto} means here, or the one that was asked for; empty when neither works. */
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
