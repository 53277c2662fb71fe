package io.secgroupd.daemon.refused;

import io.secgroupd.daemon.netlink.Errno;
import io.secgroupd.daemon.netlink.NetlinkException;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
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
    private long pagesMade;
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
        pagesMade = first.number();
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
        forget();
        putInForce.accept(edition);
    }

    /**
     * Makes the page that is to follow one in use, to be filled with flows of that one. Any policy that comes into force meanwhile
     * makes it worthless.
     */
    synchronized Optional<NextPage> prepare(RefusedPage inUse) {
        if (table == null || page != inUse || page.size() == 0) {
            return Optional.empty();
        }
        NextPage next = new NextPage(newPage(), edition);
        return attempt(next, () -> opened().prepare(next.page().number())) ? Optional.of(next) : Optional.empty();
    }

    /** Adds flows of the page in use to the one that is to follow. Returns false when it is not to follow any more. */
    synchronized boolean fill(NextPage next, List<RefusedFlow> flows) {
        return attempt(next, () -> {
            opened().add(
                            next.page().number(),
                            flows.stream().map(RefusedFlow::key).toList());
            flows.forEach(next.page()::put);
        });
    }

    /** Has packets compared with the page that was to follow. */
    synchronized void turnTo(NextPage next) {
        if (attempt(next, () -> lookAt(next.page()))) {
            close(next.page());
        }
    }

    private synchronized void lookAt(RefusedPage next) throws IOException {
        if (next.size() == 0) {
            opened().lookAtNone();
        } else {
            opened().lookAt(next.number(), place);
        }
    }

    /** A step that the kernel refuses ends in an empty page, which takes less. */
    private synchronized boolean attempt(NextPage next, KernelStep step) {
        if (table == null) {
            return false;
        }
        if (edition != next.edition()) {
            remove(next.page());
            return false;
        }
        try {
            step.run();
            return true;
        } catch (IOException refused) {
            forget();
            remove(next.page());
            return false;
        }
    }

    private interface KernelStep {
        void run() throws IOException;
    }

    /** Has packets compared in another place, if it is another. */
    synchronized void moveTo(LookupPlace to) {
        if (table != null && to != place) {
            LOG.info("cache.moved place={}", to.chain());
            turnPage(to);
        }
    }

    private synchronized void forget() {
        if (table != null && page.size() > 0) {
            turnPage(place);
        } else if (table != null) {
            turns++;
        }
    }

    private synchronized void turnPage(LookupPlace at) {
        RefusedPage next = newPage();
        try {
            opened().turnToEmpty(next.number());
        } catch (IOException refused) {
            giveUp(refused);
            return;
        }
        place = at;
        close(next);
    }

    /** No number comes again: a page that was prepared and not used must never be taken for an empty one. */
    private synchronized RefusedPage newPage() {
        pagesMade++;
        return new RefusedPage(pagesMade);
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
        Map<RefusedKey, RefusedFlow> fresh = new LinkedHashMap<>();
        for (RefusedOffer offer : offers) {
            boolean room = page.size() + fresh.size() < capacity;
            if (room && offer.edition() == edition && !page.holds(offer.flow().key())) {
                fresh.put(offer.flow().key(), offer.flow());
            }
        }
        if (!fresh.isEmpty()) {
            add(fresh);
        }
    }

    private synchronized void add(Map<RefusedKey, RefusedFlow> flows) {
        try {
            if (page.size() == 0) {
                opened().addFirst(page.number(), place, flows.keySet());
            } else {
                opened().add(page.number(), flows.keySet());
            }
            flows.values().forEach(page::put);
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
            if (!(refused instanceof NetlinkException known && known.errno() == Errno.ENOENT)) {
                giveUp(refused);
            }
        }
    }

    /** Has the kernel refuse nothing any more; what it has counted can still be read. */
    synchronized void end() {
        if (table == null) {
            return;
        }
        try {
            table.lookAtNone();
            close(newPage());
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
        close(newPage());
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
