package io.secgroupd.rules.model;

/** A part of one end of the flows that an {@link Invariant} is about. */
public sealed interface FlowEnd {

    /** What a rule can have as its peer. */
    record OfPeer(Peer peer) implements FlowEnd {
        @Override
        public String toString() {
            return peer.toString();
        }
    }

    /** The addresses of an instance. */
    record OfInstance(String name) implements FlowEnd {
        @Override
        public String toString() {
            return name;
        }
    }

    /** The addresses of all instances of a cluster. */
    record OfCluster(String name) implements FlowEnd {
        @Override
        public String toString() {
            return name;
        }
    }
}
