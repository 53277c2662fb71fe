package io.secgroupd.daemon.refused;

import io.secgroupd.daemon.netlink.Netlink;
import io.secgroupd.daemon.netlink.NetlinkChannel;
import io.secgroupd.rules.net.Family;
import java.io.IOException;
import java.util.Collection;

/**
 * The nftables table whose rules drop the refused keys. Nobody but this object can change it, and the kernel removes it with all
 * that is in it as soon as this object's socket is closed, however the process ends.
 *
 * <p>Its hooks stay from the beginning to the end, because to remove a hook would drop all packets that wait in a queue. The keys
 * are in numbered pages, each a set for each family. A rule that looks at another page is one step for packets, however many keys
 * there are, and leaves the counters of the page before as they are, to be read in peace. No rule looks at an empty page.
 */
final class RefusedTable implements AutoCloseable {

    static final String NAME = "secgroupd-refused";

    /** The most keys of a page. */
    static final int CAPACITY = 65_536;

    /** So many keys fit into one transaction. */
    static final int KEYS_AT_ONCE = 256;

    private static final String TRIAL = "secgroupd-trial";

    private final NetlinkChannel owner;
    private final NftBatch batch;
    private final RefusedMessages messages;

    private RefusedTable(NetlinkChannel owner, String name) {
        this.owner = owner;
        this.batch = new NftBatch(owner);
        this.messages = new RefusedMessages(batch, name);
    }

    /**
     * Makes the table, with an empty first page, with which packets are not compared yet.
     *
     * @throws IOException when this kernel cannot, or another daemon of this namespace has such a table
     */
    static RefusedTable open(NetlinkChannel.ChannelOpener kernel, long page, LookupPlace place) throws IOException {
        RefusedTable table = new RefusedTable(kernel.open(Netlink.NETLINK_NETFILTER, 0), NAME);
        try {
            table.write(page, place, true);
            table.batch.commit("making the table of refused keys");
            return table;
        } catch (IOException refused) {
            table.close();
            throw refused;
        }
    }

    /**
     * Has the kernel check such a table, and changes nothing. The trial has no hook, as to withdraw one would drop packets too.
     *
     * @throws IOException when this kernel cannot
     */
    static void tryOut(NetlinkChannel.ChannelOpener kernel) throws IOException {
        try (RefusedTable trial = new RefusedTable(kernel.open(Netlink.NETLINK_NETFILTER, 0), TRIAL)) {
            trial.write(1, LookupPlace.EARLY, false);
            trial.batch.check("trying a table of refused keys");
        }
    }

    private void write(long page, LookupPlace at, boolean hooked) {
        batch.begin();
        messages.table();
        for (LookupPlace place : LookupPlace.values()) {
            messages.chain(place, hooked);
        }
        messages.page(page);
        messages.rules(page, at); // whatever the kernel lacks for them, it says now
        if (hooked) {
            messages.noRules();
        }
    }

    /** Makes a page without keys, with which packets are not compared yet. */
    void prepare(long page) throws IOException {
        batch.begin();
        messages.page(page);
        batch.commit("making a page of refused keys");
    }

    /** Has packets compared with a prepared page from now on, and with no other. */
    void lookAt(long page, LookupPlace place) throws IOException {
        batch.begin();
        messages.noRules();
        messages.rules(page, place);
        batch.commit("turning to a page of refused keys");
    }

    /** Makes a new page, and has packets compared with none: an empty set would be asked for each of them, and a flood would pay. */
    void turnToEmpty(long page) throws IOException {
        batch.begin();
        messages.page(page);
        messages.noRules();
        batch.commit("turning to a new page of refused keys");
    }

    /** Adds the first keys to a page, all of them or none, and has packets compared with it from now on, and with no other. */
    void addFirst(long page, LookupPlace place, Collection<RefusedKey> keys) throws IOException {
        batch.begin();
        messages.keys(page, keys);
        messages.noRules();
        messages.rules(page, place);
        batch.commit("adding the first refused keys");
    }

    /** Has packets compared with no page from now on. */
    void lookAtNone() throws IOException {
        batch.begin();
        messages.noRules();
        batch.commit("ending the refusal of keys");
    }

    /** Adds keys to a page, all of them or none; at most {@link #KEYS_AT_ONCE}. */
    void add(long page, Collection<RefusedKey> keys) throws IOException {
        batch.begin();
        messages.keys(page, keys);
        batch.commit("adding refused keys");
    }

    /** Removes a page that packets are no longer compared with. */
    void remove(long page) throws IOException {
        batch.begin();
        messages.noPage(page);
        batch.commit("removing a page of refused keys");
    }

    /** The name of a page's set. */
    static String set(long page, Family family) {
        return (family == Family.IPV4 ? "ipv4-" : "ipv6-") + page;
    }

    @Override
    public void close() throws IOException {
        owner.close();
    }
}
