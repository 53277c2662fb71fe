package io.secgroupd.daemon.refused;

import io.secgroupd.daemon.netlink.AttributeReader;
import io.secgroupd.daemon.netlink.NetlinkChannel;
import io.secgroupd.rules.net.Family;
import java.io.IOException;

/** Reads what the kernel has counted for the keys of a page. */
final class PageCounters implements AutoCloseable {

    private static final String WHAT = "reading the counters of refused keys";

    private final NftListing listing;
    private final AttributeReader items;
    private final AttributeReader item;
    private final AttributeReader inner;
    private final AttributeReader counter;
    private long packets;
    private long bytes;

    private PageCounters(NftListing listing) {
        this.listing = listing;
        this.items = listing.reader();
        this.item = listing.reader();
        this.inner = listing.reader();
        this.counter = listing.reader();
    }

    /** Receives the counters of one key. */
    interface Visitor {
        /** Receives totals since the key was added. */
        void counted(RefusedKey key, long packets, long bytes);
    }

    static PageCounters open(NetlinkChannel.ChannelOpener kernel) throws IOException {
        return new PageCounters(NftListing.open(kernel));
    }

    /**
     * Visits the keys of one family. A key may be visited twice.
     *
     * @throws IOException when the page is gone, or the answer is not whole
     */
    void read(long page, Family family, Visitor visitor) throws IOException {
        listing.request(Nftables.GET_ELEMENT, Nftables.INET)
                .text(Nftables.ELEMENTS_TABLE, RefusedTable.NAME)
                .text(Nftables.ELEMENTS_SET, RefusedTable.set(page, family))
                .end();
        listing.forEach(WHAT, message -> elements(message, family, visitor));
    }

    private void elements(AttributeReader message, Family family, Visitor visitor) {
        while (message.next()) {
            if (message.type() == Nftables.ELEMENTS) {
                message.nested(items);
                while (items.next()) {
                    items.nested(item);
                    element(family, visitor);
                }
            }
        }
    }

    private void element(Family family, Visitor visitor) {
        RefusedKey key = null;
        packets = 0;
        bytes = 0;
        while (item.next()) {
            item.nested(inner);
            if (item.type() == Nftables.ELEMENT_KEY && find(inner, Nftables.DATA_VALUE)) {
                key = RefusedKey.read(family, inner);
            } else if (item.type() == Nftables.ELEMENT_EXPRESSION && find(inner, Nftables.EXPRESSION_DATA)) {
                inner.nested(counter);
                count();
            }
        }
        if (key != null && !item.malformed() && !inner.malformed()) {
            visitor.counted(key, packets, bytes);
        }
    }

    private static boolean find(AttributeReader attributes, int type) {
        while (attributes.next()) {
            if (attributes.type() == type) {
                return true;
            }
        }
        return false;
    }

    private void count() {
        while (counter.next()) {
            if (counter.type() == Nftables.COUNTER_PACKETS) {
                packets = counter.u64(0);
            } else if (counter.type() == Nftables.COUNTER_BYTES) {
                bytes = counter.u64(0);
            }
        }
    }

    @Override
    public void close() throws IOException {
        listing.close();
    }
}
