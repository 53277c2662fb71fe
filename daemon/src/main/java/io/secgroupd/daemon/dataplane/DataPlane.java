package io.secgroupd.daemon.dataplane;

import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import io.secgroupd.daemon.dataplane.DecisionTotals.DecisionLatency;
import io.secgroupd.daemon.nfqueue.PacketQueue;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.HdrHistogram.Histogram;

/** The packet path of the whole host: one loop with its own thread for each queue. It owns the queues from the start on. */
public final class DataPlane implements DecisionTotals, AutoCloseable {

    private static final int CLOSE_SECONDS = 5;

    private final List<PacketLoop> loops;
    private final List<LocalSockets> sockets;
    private final MultiThreadIoEventLoopGroup threads;

    private DataPlane(List<PacketLoop> loops, List<LocalSockets> sockets) {
        this.loops = List.copyOf(loops);
        this.sockets = List.copyOf(sockets);
        this.threads = new MultiThreadIoEventLoopGroup(
                loops.size(), new DefaultThreadFactory("data-plane"), EpollIoHandler.newFactory());
    }

    /**
     * Starts to serve open queues.
     *
     * @param cut the connections that are not picked up again
     * @param sinks makes the sink of each loop
     * @param listener told of faults; when a loop stops, the process should stop too
     * @throws IOException when a queue cannot be watched; all queues are closed then
     */
    public static DataPlane start(
            List<? extends PacketQueue> queues,
            ActivePolicy policy,
            CutFlows cut,
            LoopSettings settings,
            Supplier<? extends DecisionSink> sinks,
            LoopListener listener)
            throws IOException {
        var loops = new ArrayList<PacketLoop>();
        var sockets = new ArrayList<LocalSockets>();
        for (PacketQueue queue : queues) {
            sockets.add(LocalSockets.open());
            var judge = new PacketJudge(settings.pickup(), sockets.get(sockets.size() - 1), cut);
            loops.add(new PacketLoop(queue, policy, judge, settings, sinks.get(), listener));
        }
        DataPlane started = new DataPlane(loops, sockets);
        try {
            started.loops.forEach(started::register);
            return started;
        } catch (RuntimeException refused) {
            started.close();
            for (PacketQueue queue : queues) {
                queue.close();
            }
            throw new IOException("the event loop refused a queue", refused);
        }
    }

    private void register(PacketLoop loop) {
        threads.next().register(loop).syncUninterruptibly().getNow().submit(EpollIoOps.EPOLLIN);
    }

    /** The totals of each loop, in the order of the queues. */
    @Override
    public List<LoopCounters> counters() {
        return loops.stream().map(PacketLoop::counters).toList();
    }

    /** How long packets have waited since the start. */
    @Override
    public DecisionLatency latency() {
        Histogram total = DecisionTimes.newHistogram();
        loops.forEach(loop -> loop.times().addTo(total));
        return new DecisionLatency(
                total, loops.stream().mapToLong(loop -> loop.times().sum()).sum());
    }

    /**
     * Returns when every packet that an earlier policy judged has its verdict, and so its entry in the table of connections.
     * A loop reads the policy once per burst, and the task that this method submits to it runs between bursts.
     *
     * @return false when a loop did not run the task in time
     */
    public boolean settle() {
        boolean settled = true;
        for (EventExecutor loop : threads) {
            settled &= loop.submit(() -> {}).awaitUninterruptibly(CLOSE_SECONDS, TimeUnit.SECONDS);
        }
        return settled;
    }

    /** Runs a task repeatedly, each time after every loop has had its turn, so that a loop that hangs stops it. */
    @SuppressWarnings("FutureReturnValueIgnored") // the repetition ends with the loops
    public void heartbeat(Duration every, Runnable beat) {
        Runnable round = beat;
        for (EventExecutor loop : threads) {
            Runnable next = round;
            round = () -> loop.execute(next);
        }
        threads.next().scheduleAtFixedRate(round, 0, every.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Stops reading and closes the queues. The kernel drops the packets that wait. */
    @Override
    public void close() throws IOException {
        threads.shutdownGracefully(0, CLOSE_SECONDS, TimeUnit.SECONDS)
                .awaitUninterruptibly(CLOSE_SECONDS, TimeUnit.SECONDS);
        for (LocalSockets opened : sockets) {
            opened.close();
        }
    }
}
