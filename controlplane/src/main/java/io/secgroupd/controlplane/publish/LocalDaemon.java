package io.secgroupd.controlplane.publish;

import io.secgroupd.rules.file.PolicyFiles;
import java.util.Optional;

/** The judging daemon of this host, as far as a change needs it. Calls take as long as reading a policy does. */
public interface LocalDaemon {

    /** No daemon runs here: checks and the tests of the file must do. */
    LocalDaemon NONE = new LocalDaemon() {
        @Override
        public Optional<String> objection(PlannedPolicy candidate) {
            return Optional.empty();
        }

        @Override
        public Optional<String> follow(String hash) {
            return Optional.empty();
        }
    };

    /**
     * A policy that is to come into force.
     *
     * @param before     the files that it was made from
     * @param hashBefore the hash of what they say
     * @param files      all of its own files
     * @param hash       its own hash
     * @param client     the client's connection as {@code SOURCE,DESTINATION,PORT}, which the candidate must allow; empty
     *                   when it does not cross the network
     */
    record PlannedPolicy(
            PolicyFiles before, String hashBefore, PolicyFiles files, String hash, Optional<String> client) {}

    /** The reason why a candidate must not come into force; empty when there is none, or when no daemon runs. */
    Optional<String> objection(PlannedPolicy candidate);

    /**
     * Has the daemon read its files now.
     *
     * @param hash of the policy that the files hold
     * @return the reason why that policy is not in force; empty when it is, or when no daemon runs
     */
    Optional<String> follow(String hash);
}
