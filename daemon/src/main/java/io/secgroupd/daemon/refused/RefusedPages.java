package io.secgroupd.daemon.refused;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the kernel refuses now, and under which edition of the policy. One lock keeps the two together: keys are added only while the
 * edition that refused them is in force, and another edition comes into force only when the kernel refuses no key any more.
 */
final class RefusedPages {

    private static final Logger LOG = LoggerFactory.getLogger(RefusedPages.class);

    private final Consumer<RefusedPage> closed;
    private final int capacity;
    private volatile RefusedPage page = new RefusedPage(0);
    private volatile long edition = 1;
    private volatile long turns;

    private @Nullable RefusedTable table;
    private LookupPlace place = LookupPlace.EARLY;
    private boolean refusalTold;

    /** @param closed takes each page with which packets are no longer compared */
    RefusedPages(int capacity, Consumer<RefusedPage> closed) {
        this.capacity = capacity;
        this.closed = closed;
    }

    /** Begins to have the kernel refuse keys: the table looks at this empty page already. */
    synchronized void open(RefusedTable opened, RefusedPage first, LookupPlace at) {
        table = opened;
        page = first;
        place = at;
        turns++;
    }

    /** Changes whenever keys are forgotten; 0 while the kernel refuses nothing. */
    long turns() {
        return turns;
    }

    long edition() {
        return edition;
    }

    RefusedPage page() {
        return page;
    }

    /**
     * Runs the step that puts another policy in force, when the kernel refuses nothing any more.
     *
     * @param putInForce receives the number of the new edition
     */
    synchronized void replacePolicy(LongConsumer putInForce) {
        edition++;
        turn(place);
        putInForce.accept(edition);
    }

    /** Has the kernel forget all keys, so that what comes next is judged again. */
    synchronized void turn() {
        turn(place);
    }

    /** Has packets compared in another place, if it is another. */
    synchronized void moveTo(LookupPlace to) {
        if (table != null && to != place) {
            LOG.info("cache.moved place={}", to.chain());
            turnPage(to);
        }
    }

    private synchronized void turn(LookupPlace at) {
        if (table != null && page.size() > 0) {
            turnPage(at);
        } else if (table != null) {
            turns++;
        }
    }

    private synchronized void turnPage(LookupPlace at) {
        RefusedPage next = new RefusedPage(page.number() + 1);
        try {
            opened().lookAt(next.number(), at);
        } catch (IOException refused) {
            giveUp(refused);
            return;
        }
        place = at;
        close(next);
    }

    private synchronized void close(RefusedPage next) {
        RefusedPage before = page;
        page = next;
        turns++;
        before.close(System.nanoTime());
        closed.accept(before);
    }

    /** Adds what the edition in force has refused, as far as there is room. */
    synchronized void add(List<RefusedOffer> offers) {
        if (table == null) {
            return;
        }
        Set<RefusedKey> keys = new HashSet<>();
        List<RefusedFlow> flows = new ArrayList<>();
        for (RefusedOffer offer : offers) {
            RefusedKey key = offer.flow().key();
            boolean room = page.size() + flows.size() < capacity;
            if (room && offer.edition() == edition && !page.holds(key) && keys.add(key)) {
                flows.add(offer.flow());
            }
        }
        if (!flows.isEmpty()) {
            add(keys, flows);
        }
    }

    private synchronized void add(Set<RefusedKey> keys, List<RefusedFlow> flows) {
        try {
            opened().add(page.number(), keys);
            flows.forEach(page::put);
        } catch (IOException refused) {
            if (!refusalTold) {
                refusalTold = true;
                LOG.warn("cache.refused {}; the daemon judges these packets itself", refused.getMessage());
            }
        }
    }

    /** Removes a page that has been read. */
    synchronized void remove(RefusedPage read) {
        if (table == null) {
            return;
        }
        try {
            table.remove(read.number());
        } catch (IOException refused) {
            giveUp(refused);
        }
    }

    /** Has the kernel refuse nothing any more; what it has counted can still be read. */
    synchronized void end() {
        if (table == null) {
            return;
        }
        try {
            table.lookAtNone();
            close(new RefusedPage(page.number() + 1));
        } catch (IOException refused) {
            giveUp(refused);
        }
    }

    private synchronized void giveUp(IOException why) {
        fail(String.valueOf(why.getMessage()));
    }

    /**
     * Has the kernel refuse nothing any more, after a fault: it must not refuse by a policy that is no longer in force. It removes
     * the table with its owner's socket, whatever is wrong.
     */
    synchronized void fail(String why) {
        if (table == null) {
            return;
        }
        LOG.error("cache.failed {}; until the next start the daemon judges every packet itself", why);
        removeTable();
        close(new RefusedPage(0));
        turns = 0;
    }

    synchronized void removeTable() {
        if (table == null) {
            return;
        }
        try {
            table.close();
        } catch (IOException e) {
            LOG.error("cache.failed {}", e.getMessage());
        }
        table = null;
    }

    private RefusedTable opened() {
        return Objects.requireNonNull(table, "open() has set it");
    }
}
