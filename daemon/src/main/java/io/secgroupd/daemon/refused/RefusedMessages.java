package io.secgroupd.daemon.refused;

import io.secgroupd.daemon.netlink.MessageWriter;
import io.secgroupd.daemon.netlink.Netlink;
import io.secgroupd.rules.net.Family;
import java.time.Duration;
import java.util.Collection;

/** Writes the messages of transactions about one table. */
final class RefusedMessages {

    /**
     * The kernel forgets a key after this time, even where the daemon is stopped and turns no page. A page is turned so much earlier
     * that no counter is lost by it.
     */
    private static final Duration TIME_OUT = Duration.ofSeconds(60);

    /** How nft tells the parts of a key, six bits for each: an address, an address, a protocol, a service. */
    private static final int PARTS_4 = 7 << 18 | 7 << 12 | 12 << 6 | 13;

    private static final int PARTS_6 = 8 << 18 | 8 << 12 | 12 << 6 | 13;

    private final NftBatch batch;
    private final String table;

    RefusedMessages(NftBatch batch, String table) {
        this.batch = batch;
        this.table = table;
    }

    /** The table, owned by the socket that sends this. */
    void table() {
        batch.message(Nftables.NEW_TABLE, Netlink.CREATE)
                .text(Nftables.TABLE_NAME, table)
                .u32(Nftables.TABLE_FLAGS, Nftables.OWNED)
                .end();
    }

    /** A chain without rules. */
    void chain(LookupPlace place, boolean hooked) {
        MessageWriter chain = batch.message(Nftables.NEW_CHAIN, Netlink.CREATE)
                .text(Nftables.CHAIN_TABLE, table)
                .text(Nftables.CHAIN_NAME, place.chain());
        if (hooked) {
            chain.text(Nftables.CHAIN_TYPE, "filter");
            int hook = chain.beginNested(Nftables.CHAIN_HOOK);
            chain.u32(Nftables.HOOK_NUMBER, Nftables.PREROUTING)
                    .u32(Nftables.HOOK_PRIORITY, place.priority())
                    .endNested(hook);
        }
        chain.end();
    }

    /** Removes the rules of every chain. */
    void noRules() {
        for (LookupPlace place : LookupPlace.values()) {
            batch.message(Nftables.DELETE_RULE, 0)
                    .text(Nftables.RULE_TABLE, table)
                    .text(Nftables.RULE_CHAIN, place.chain())
                    .end();
        }
    }

    /** A new page without keys, which no rule looks at yet; a page of this number must not be there. */
    void page(long page) {
        for (Family family : Family.values()) {
            set(page, family);
        }
    }

    /** The rules that look at a page: at SYNs in this place, at datagrams always after connection tracking. */
    void rules(long page, LookupPlace place) {
        for (Family family : Family.values()) {
            MessageWriter syn = rule(place);
            RefusingRule.forSyn(syn, family, RefusedTable.set(page, family));
            syn.end();
            MessageWriter datagram = rule(LookupPlace.TRANSLATED);
            RefusingRule.forDatagram(datagram, family, RefusedTable.set(page, family));
            datagram.end();
        }
    }

    private MessageWriter rule(LookupPlace place) {
        return batch.message(Nftables.NEW_RULE, Netlink.CREATE | Netlink.APPEND)
                .text(Nftables.RULE_TABLE, table)
                .text(Nftables.RULE_CHAIN, place.chain());
    }

    private void set(long page, Family family) {
        boolean v4 = family == Family.IPV4;
        MessageWriter set = batch.message(Nftables.NEW_SET, Netlink.CREATE | Netlink.EXCLUSIVE)
                .text(Nftables.SET_TABLE, table)
                .text(Nftables.SET_NAME, RefusedTable.set(page, family))
                .u32(Nftables.SET_FLAGS, Nftables.WITH_TIMEOUTS)
                .u32(Nftables.SET_KEY_TYPE, v4 ? PARTS_4 : PARTS_6)
                .u32(Nftables.SET_KEY_BYTES, RefusedKey.bytes(family))
                .u32(Nftables.SET_ID, v4 ? 1 : 2)
                .u64(Nftables.SET_TIMEOUT, TIME_OUT.toMillis());
        int description = set.beginNested(Nftables.SET_DESCRIPTION);
        set.u32(Nftables.DESCRIPTION_SIZE, RefusedTable.CAPACITY).endNested(description);
        int counted = set.beginNested(Nftables.SET_EXPRESSION);
        set.text(Nftables.EXPRESSION_NAME, "counter");
        set.endNested(set.beginNested(Nftables.EXPRESSION_DATA));
        set.endNested(counted).end();
    }

    /** Removes a page that no rule looks at. */
    void noPage(long page) {
        for (Family family : Family.values()) {
            batch.message(Nftables.DELETE_SET, 0)
                    .text(Nftables.SET_TABLE, table)
                    .text(Nftables.SET_NAME, RefusedTable.set(page, family))
                    .end();
        }
    }

    /** Adds keys of both families to a page. */
    void keys(long page, Collection<RefusedKey> keys) {
        for (Family family : Family.values()) {
            var ofFamily = keys.stream().filter(key -> key.family() == family).toList();
            if (!ofFamily.isEmpty()) {
                elements(RefusedTable.set(page, family), ofFamily);
            }
        }
    }

    private void elements(String set, Collection<RefusedKey> keys) {
        MessageWriter message = batch.message(Nftables.NEW_ELEMENT, Netlink.CREATE)
                .text(Nftables.ELEMENTS_TABLE, table)
                .text(Nftables.ELEMENTS_SET, set);
        int list = message.beginNested(Nftables.ELEMENTS);
        for (RefusedKey key : keys) {
            int item = message.beginNested(Nftables.LIST_ITEM);
            int value = message.beginNested(Nftables.ELEMENT_KEY);
            message.bytes(Nftables.DATA_VALUE, key.toBytes()).endNested(value);
            message.endNested(item);
        }
        message.endNested(list).end();
    }
}
