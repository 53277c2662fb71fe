package io.secgroupd.rules.decide;

import io.secgroupd.rules.net.Family;

/**
 * Rules that hold for the same selectors: which of them an address matches first. Two layers with the same peers share
 * one table and differ in the rules that its slots stand for.
 */
public final class Layer {

    private final AddressTable peers;
    private final int[] ruleOfSlot;

    /** @param ruleOfSlot the rule, by its index in the {@link RuleTable}, of every slot; ascending */
    public Layer(AddressTable peers, int[] ruleOfSlot) {
        this.peers = peers;
        this.ruleOfSlot = ruleOfSlot.clone();
    }

    int match(Family family, long high, long low) {
        int slot = peers.slotOf(family, high, low);
        return slot == AddressTable.NO_SLOT ? RuleTable.NO_RULE : ruleOfSlot[slot];
    }

    AddressTable peers() {
        return peers;
    }
}
