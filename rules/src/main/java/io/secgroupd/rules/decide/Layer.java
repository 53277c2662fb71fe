package io.secgroupd.rules.decide;

import io.secgroupd.rules.net.Family;

/**
 * Some of the rules of one protocol. A lookup first finds the peers that hold the address, and then the selector among
 * the rules of those peers. Layers with the same peers share one address table.
 */
public final class Layer {

    private final AddressTable peers;
    private final SelectorTables selectors;

    /** @param selectors a table for every slot of the address table */
    public Layer(AddressTable peers, SelectorTables selectors) {
        this.peers = peers;
        this.selectors = selectors;
    }

    int match(Family family, long high, long low, int selector) {
        int slot = peers.slotOf(family, high, low);
        return slot == AddressTable.NO_SLOT ? RuleTable.NO_RULE : selectors.match(slot, selector);
    }

    AddressTable peers() {
        return peers;
    }
}
