package io.secgroupd.controlplane.console.traffic;

import io.secgroupd.controlplane.console.api.ApiHandler;
import io.secgroupd.controlplane.console.api.WaitingHandler;
import io.secgroupd.controlplane.console.host.ConsoleHost;
import io.secgroupd.controlplane.store.PolicyStore;
import java.io.IOException;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All that the console shows of the traffic of this host. Its one thread works only while a page asks. */
public final class HostTraffic implements AutoCloseable {

    /** A page is answered no more than twice in a second: each answer takes more of the processors than the lines in it. */
    private static final long TICK_MILLIS = 500;

    private static final Logger LOG = LoggerFactory.getLogger(HostTraffic.class);

    private final ConsoleHost host;
    private final PolicyStore store;
    private final DraftedFiles drafts;
    private final NodesInForce nodes;
    private final RefusedPairs refused;
    private final FlowWatch watch;
    private final FlowsView flows;
    private final AtomicBoolean ticking = new AtomicBoolean();
    private final ScheduledExecutorService ticks = Executors.newSingleThreadScheduledExecutor(work -> {
        var thread = new Thread(work, "console-flows");
        thread.setDaemon(true);
        return thread;
    });

    /** Makes what answers; nothing of it works before a page asks. */
    public HostTraffic(ConsoleHost host, PolicyStore store, DraftedFiles drafts, Clock clock) {
        this.host = host;
        this.store = store;
        this.drafts = drafts;
        this.nodes = new NodesInForce(store);
        this.refused = new RefusedPairs(nodes::known);
        this.watch = new FlowWatch(host, refused, clock);
        this.flows = new FlowsView(watch, clock, this::wake);
    }

    /** The handlers of this, by what they answer. */
    public Map<String, ApiHandler> handlers() {
        return Map.of(
                "GET use", new UseView(host, nodes, refused, this::wake),
                "POST replay", new ReplayView(host, store, drafts));
    }

    /** The handlers of this that wait, by what they answer. */
    public Map<String, WaitingHandler> waiting() {
        return Map.of("GET flows", flows);
    }

    /** A page asks: the flow log is followed from now on for a while. It does not wait. */
    private void wake() {
        watch.asked();
        tickLater();
    }

    private void tickLater() {
        if (ticking.compareAndSet(false, true)) {
            try {
                var unused = ticks.schedule(this::tick, TICK_MILLIS, TimeUnit.MILLISECONDS);
            } catch (RejectedExecutionException closed) {
                LOG.debug("console.flows closed");
            }
        }
    }

    private void tick() {
        ticking.set(false);
        findNodes();
        boolean isFollowed = watch.look();
        if (flows.answerAll() || isFollowed) {
            tickLater();
        }
    }

    private void findNodes() {
        try {
            if (nodes.known().equals(PolicyNodes.NONE)) {
                nodes.refresh();
            }
        } catch (IOException e) {
            LOG.debug("console.nodes {}", e.getMessage()); // the next tick may find it better
        }
    }

    @Override
    public void close() {
        ticks.shutdownNow();
        watch.close();
    }
}
