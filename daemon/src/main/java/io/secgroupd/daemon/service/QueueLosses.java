package io.secgroupd.daemon.service;

import io.secgroupd.daemon.admin.DaemonStatus.DropCount;
import io.secgroupd.daemon.admin.DaemonStatus.QueueStatus;
import io.secgroupd.daemon.dataplane.LoopCounters;
import io.secgroupd.daemon.dataplane.LoopCounters.Event;
import io.secgroupd.daemon.nfqueue.QueueSettings;
import io.secgroupd.daemon.nfqueue.QueueStats;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/**
 * Reports which packets wait in the kernel's queues and which were lost there. The kernel shows its counts only to root and
 * group root; for any other user they are unknown, which is not 0.
 */
final class QueueLosses implements PacketLosses {

    /** Reads the kernel's counts for one queue. */
    @FunctionalInterface
    interface Kernel {
        Optional<QueueStats> read(int number) throws IOException;
    }

    private final List<QueueSettings> queues;
    private final Supplier<List<LoopCounters>> loops;
    private final Kernel kernel;
    private final Map<Integer, Growing> queueFull = new HashMap<>();
    private final Map<Integer, Growing> socketFull = new HashMap<>();

    QueueLosses(List<QueueSettings> queues, Supplier<List<LoopCounters>> loops) {
        this(queues, loops, QueueStats::read);
    }

    QueueLosses(List<QueueSettings> queues, Supplier<List<LoopCounters>> loops, Kernel kernel) {
        this.queues = List.copyOf(queues);
        this.loops = loops;
        this.kernel = kernel;
    }

    @Override
    public List<QueueStatus> waiting() {
        return queues.stream()
                .map(queue -> new QueueStatus(
                        queue.number(),
                        read(queue)
                                .map(QueueStats::waiting)
                                .map(OptionalLong::of)
                                .orElse(OptionalLong.empty()),
                        queue.maxLength()))
                .toList();
    }

    @Override
    public synchronized List<DropCount> dropped() {
        var drops = new ArrayList<DropCount>();
        drops.add(new DropCount("queue_full", total(queueFull, QueueStats::queueDropped)));
        drops.add(new DropCount("socket_full", total(socketFull, QueueStats::userDropped)));
        drops.add(new DropCount("gone", OptionalLong.of(events(Event.VERDICT_REFUSED))));
        drops.add(new DropCount("unanswered", OptionalLong.of(events(Event.VERDICT_NOT_SENT))));
        return drops;
    }

    /** The sum over all queues; unknown as soon as one queue is. */
    private OptionalLong total(Map<Integer, Growing> totals, ToLongFunction<QueueStats> column) {
        long sum = 0;
        for (QueueSettings queue : queues) {
            Optional<QueueStats> stats = read(queue);
            if (stats.isEmpty()) {
                return OptionalLong.empty();
            }
            sum += totals.computeIfAbsent(queue.number(), unused -> new Growing())
                    .at(column.applyAsLong(stats.get()));
        }
        return OptionalLong.of(sum);
    }

    private Optional<QueueStats> read(QueueSettings queue) {
        try {
            return kernel.read(queue.number());
        } catch (IOException notReadable) {
            return Optional.empty();
        }
    }

    private long events(Event event) {
        return loops.get().stream().mapToLong(loop -> loop.events(event)).sum();
    }

    /** Turns a 32-bit counter that restarts at 0 when its queue is bound again into one that only grows. */
    private static final class Growing {
        private long before;
        private long last;

        long at(long reading) {
            if (reading < last) {
                before += last;
            }
            last = reading;
            return before + reading;
        }
    }
}
