package io.secgroupd.daemon.refused;

import io.secgroupd.daemon.netlink.NetlinkChannel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Has the kernel refuse by itself what the policy in force has refused several times. It is off until it is started; then it only
 * puts policies in force. The flow log's thread proposes flows and takes what was counted; another thread fills the kernel's table.
 */
public final class RefusalCache implements AutoCloseable {

    /** So many refusals of a key within the flow log's interval make it one that the kernel may refuse. */
    public static final int REFUSALS = 3;

    /** What finds no room is proposed again by its next packet. */
    private static final int MOST_WAITING = 4096;

    private final BlockingQueue<RefusedOffer> offers = new ArrayBlockingQueue<>(MOST_WAITING);
    private final RefusalCounts counts = new RefusalCounts();
    private final RefusedPages pages = new RefusedPages(RefusedTable.CAPACITY, counts::closed);
    private @Nullable RefusalFiller filler;
    private volatile String why;

    /** @param why why it is off, until it is started */
    public RefusalCache(String why) {
        this.why = why;
    }

    /**
     * Begins to have the kernel refuse keys, in the network namespace of the calling thread.
     *
     * @param proc the directory of the files that name tables of iptables-legacy
     * @throws IOException when this kernel cannot
     */
    public void start(NetlinkChannel.ChannelOpener kernel, Path proc) throws IOException {
        filler = RefusalFiller.start(kernel, proc, offers, pages, counts);
        why = "";
    }

    /** Why this kernel cannot refuse keys by itself, by a trial that changes nothing; empty when it can. Needs CAP_NET_ADMIN. */
    public static Optional<String> obstacle(NetlinkChannel.ChannelOpener kernel) {
        try {
            RefusedTable.tryOut(kernel);
            return Optional.empty();
        } catch (IOException refused) {
            return Optional.of(String.valueOf(refused.getMessage()));
        }
    }

    /** Says why it is off after all. */
    public void off(String reason) {
        why = reason;
    }

    /**
     * Runs the step that puts another policy in force. When it runs, the kernel refuses nothing that an earlier policy refused.
     *
     * @param putInForce receives the number of the new edition, by which its decisions are to be told
     */
    public void replacePolicy(LongConsumer putInForce) {
        pages.replacePolicy(putInForce);
    }

    /** The edition that is in force. */
    public long edition() {
        return pages.edition();
    }

    /** Changes whenever the kernel has forgotten its keys, so that they may be proposed again; 0 while it refuses none. */
    public long turns() {
        return pages.turns();
    }

    /**
     * Proposes a flow that was refused several times.
     *
     * @param edition the edition of the policy that refused it now
     * @return false when it was not taken, and may be proposed again
     */
    public boolean offer(RefusedFlow flow, long edition) {
        return edition == pages.edition() && offers.offer(new RefusedOffer(flow, edition));
    }

    /** Takes what the kernel has refused of a flow, once its counter stands still; null when there is nothing. */
    public @Nullable KernelRefusals poll() {
        return counts.poll();
    }

    /** The packets refused by the kernel that the flow log did not take in time. */
    public long lost() {
        return counts.lost();
    }

    /** Reads the kernel's counters for it. */
    public CacheStatus status() {
        RefusedPage page = pages.page();
        counts.readNow(page);
        boolean gaveUp = why.isEmpty() && pages.turns() == 0;
        return new CacheStatus(gaveUp ? "the kernel has failed" : why, page.size(), counts.packets());
    }

    /** Has the kernel refuse nothing by itself any more. All that it has refused can then be taken. */
    @Override
    public void close() {
        if (filler != null) {
            filler.close();
        }
    }
}
