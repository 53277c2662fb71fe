package io.secgroupd.rules.model;

import io.secgroupd.rules.net.AddressRange;

/**
 * The other end of a rule. Its text is canonical: two spellings of the same peer are equal. Equality is written out, for the
 * reason given at {@link io.secgroupd.rules.net.IpAddress#equals}.
 */
public sealed interface Peer {

    /** Every address of both families. */
    enum Any implements Peer {
        ANY;

        @Override
        public String toString() {
            return "any";
        }
    }

    /** A prefix, a lone address or a range. */
    record Addresses(AddressRange range) implements Peer {
        @Override
        public boolean equals(Object other) {
            return other instanceof Addresses that && range.equals(that.range);
        }

        @Override
        public int hashCode() {
            return range.hashCode();
        }

        @Override
        public String toString() {
            return range.toString();
        }
    }

    /** The addresses of the instances that have this group now. {@code self} is read as the rule's own group. */
    record Group(String id) implements Peer {
        @Override
        public boolean equals(Object other) {
            return other instanceof Group that && id.equals(that.id);
        }

        @Override
        public int hashCode() {
            return id.hashCode();
        }

        @Override
        public String toString() {
            return id;
        }
    }

    /** Every entry of a prefix list. */
    record List(String id) implements Peer {
        @Override
        public boolean equals(Object other) {
            return other instanceof List that && id.equals(that.id);
        }

        @Override
        public int hashCode() {
            return id.hashCode();
        }

        @Override
        public String toString() {
            return id;
        }
    }
}
