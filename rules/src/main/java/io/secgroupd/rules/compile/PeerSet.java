package io.secgroupd.rules.compile;

import io.secgroupd.rules.net.AddressSet;

/**
 * The addresses of a peer, equal only to itself: comparing a million ranges would cost more than the sharing of equal
 * tables saves, and {@link PeerResolver} gives equal peers the same object.
 */
final class PeerSet {

    private final AddressSet addresses;

    PeerSet(AddressSet addresses) {
        this.addresses = addresses;
    }

    AddressSet addresses() {
        return addresses;
    }
}
