package io.secgroupd.daemon.refused;

import io.secgroupd.daemon.netlink.NetlinkChannel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fills the kernel's table and reads it back, on a thread of its own: a transaction waits while another program changes its own
 * tables, and neither a verdict nor the flow log may wait for that.
 */
final class RefusalFiller implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RefusalFiller.class);

    /** After this time the keys are forgotten that nobody has tried meanwhile, and the counters of the others are told. */
    static final long TURN_NANOS = TimeUnit.SECONDS.toNanos(10);

    /** How often it is looked whether the host translates addresses. */
    private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);

    private static final int CLOSE_MILLIS = 3000;

    private final BlockingQueue<RefusedOffer> offers;
    private final RefusedPages pages;
    private final RefusalCounts counts;
    private final Translations translations;
    private final PageCounters counters;
    private final Thread thread = new Thread(this::run, "refused");
    private long lookedNanos = System.nanoTime();
    private volatile boolean closing;

    private RefusalFiller(
            BlockingQueue<RefusedOffer> offers,
            RefusedPages pages,
            RefusalCounts counts,
            Translations translations,
            PageCounters counters) {
        this.offers = offers;
        this.pages = pages;
        this.counts = counts;
        this.translations = translations;
        this.counters = counters;
        thread.setDaemon(true);
    }

    static RefusalFiller start(
            NetlinkChannel.ChannelOpener kernel,
            Path proc,
            BlockingQueue<RefusedOffer> offers,
            RefusedPages pages,
            RefusalCounts counts)
            throws IOException {
        Translations translations = Translations.open(kernel, proc);
        PageCounters counters = PageCounters.open(kernel);
        var filler = new RefusalFiller(offers, pages, counts, translations, counters);
        try {
            filler.begin(kernel);
            return filler;
        } catch (IOException refused) {
            filler.closeSockets();
            throw refused;
        }
    }

    private void begin(NetlinkChannel.ChannelOpener kernel) throws IOException {
        LookupPlace place = translations.place();
        RefusedPage first = new RefusedPage(1);
        RefusedTable table = RefusedTable.open(kernel, first.number(), place);
        counts.open(counters);
        pages.open(table, first, place);
        LOG.info("cache.on place={}", place.chain());
        thread.start();
    }

    private void run() {
        while (!closing) {
            try {
                serve(take());
            } catch (InterruptedException e) {
                break; // the process ends
            } catch (RuntimeException fault) {
                pages.fail(fault.toString());
            }
        }
        end();
    }

    private List<RefusedOffer> take() throws InterruptedException {
        var taken = new ArrayList<RefusedOffer>();
        RefusedOffer first = offers.poll(pauseNanos(), TimeUnit.NANOSECONDS);
        if (first != null) {
            taken.add(first);
            offers.drainTo(taken, RefusedTable.KEYS_AT_ONCE - 1);
        }
        return taken;
    }

    private long pauseNanos() {
        if (counts.hasClosed()) {
            return RefusalCounts.SETTLE_NANOS;
        }
        return pages.page().size() > 0 ? LOOK_NANOS : TURN_NANOS;
    }

    private void serve(List<RefusedOffer> offered) {
        long now = System.nanoTime();
        boolean inUse = !offered.isEmpty() || pages.page().size() > 0;
        if (inUse && now - lookedNanos >= LOOK_NANOS) {
            lookedNanos = now;
            pages.moveTo(place());
        }
        pages.add(offered);
        RefusedPage page = pages.page();
        if (page.size() > 0 && now - page.begunNanos() >= TURN_NANOS) {
            NextPage.turn(pages, page, counts.refusedOf(page));
        }
        counts.readClosed(now, pages::remove);
    }

    private LookupPlace place() {
        try {
            return translations.place();
        } catch (IOException unknown) {
            LOG.debug("cache.moved: {}", unknown.getMessage());
            return LookupPlace.TRANSLATED; // a key means the same there on every host
        }
    }

    private void end() {
        pages.end();
        long until = System.nanoTime() + RefusalCounts.SETTLE_NANOS;
        for (long left; (left = until - System.nanoTime()) > 0; ) {
            LockSupport.parkNanos(this, left);
        }
        counts.readClosed(System.nanoTime(), pages::remove);
        pages.removeTable();
    }

    private void closeSockets() throws IOException {
        translations.close();
        counters.close();
    }

    @Override
    public void close() {
        closing = true;
        offers.offer(RefusedOffer.NONE); // wakes the thread; where there is no room, it is awake
        try {
            thread.join(CLOSE_MILLIS);
            closeSockets();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the kernel removes the table with this process
        } catch (IOException e) {
            LOG.warn("close.failed {}", e.getMessage());
        }
    }
}
