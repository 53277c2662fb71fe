package io.secgroupd.daemon.dataplane;

import io.netty.channel.IoEvent;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.unix.FileDescriptor;
import io.secgroupd.daemon.answer.RefusalAnswers;
import io.secgroupd.daemon.dataplane.LoopCounters.Event;
import io.secgroupd.daemon.netlink.DatagramBatch;
import io.secgroupd.daemon.netlink.MessageReader;
import io.secgroupd.daemon.netlink.Netlink;
import io.secgroupd.daemon.netlink.OverrunException;
import io.secgroupd.daemon.nfqueue.PacketQueue;
import io.secgroupd.daemon.nfqueue.QueuedPacket;
import io.secgroupd.daemon.nfqueue.VerdictBuffer;
import io.secgroupd.daemon.packet.DecodeStatus;
import io.secgroupd.daemon.packet.PacketDecoder;
import io.secgroupd.rules.decide.Decision;
import io.secgroupd.rules.decide.FixedDecisions;
import io.secgroupd.rules.decide.Reason;
import io.secgroupd.rules.net.Verdict;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The packet path of one queue: it reads a burst, decodes, decides and answers each packet, writes the verdicts at once, and
 * then asks the candidate, if there is one, and hands the decisions to the log. It allocates nothing, locks nothing and logs
 * nothing. Only the thread of its event loop may use it.
 */
final class PacketLoop implements EpollIoHandle {

    /** A burst of this size keeps the wait of its first packet far below a millisecond; longer bursts gain nothing. */
    static final int BURST = 64;

    /** After this many bursts, some milliseconds, the event loop gets its turn, so that a flood cannot block other work. */
    private static final int BURSTS_PER_WAKE_UP = 64;

    /** A burst of this size suggests that more packets are on their way. */
    private static final int CROWD = 2;

    private static final int WRITE_ATTEMPTS = 3;

    private final PacketQueue queue;
    private final ActivePolicy activePolicy;
    private final PacketJudge judge;
    private final ShadowJudge shadow;
    private final boolean untracked;
    private final boolean observing;
    private final LaterRules laterRules;
    private final RefusalAnswers answers;
    private final DecisionSink sink;
    private final LoopListener listener;
    private final LoopCounters counters = new LoopCounters();
    private final DecisionTimes times = new DecisionTimes();
    private final FixedDecisions undecodable;
    private final FixedDecisions internalError;

    private final DatagramBatch received;
    private final MessageReader messages;
    private final QueuedPacket queued;
    private final VerdictBuffer verdicts;
    private final JudgedPacket[] burst =
            Stream.generate(JudgedPacket::new).limit(BURST).toArray(JudgedPacket[]::new);
    private final Set<Class<?>> reported = new HashSet<>();
    private long burstBegan;
    private boolean othersFollow;

    PacketLoop(
            PacketQueue queue,
            ActivePolicy activePolicy,
            PacketJudge judge,
            LoopSettings settings,
            DecisionSink sink,
            LoopListener listener) {
        this.queue = queue;
        this.untracked = queue.isUntracked();
        this.activePolicy = activePolicy;
        this.judge = judge;
        this.shadow = new ShadowJudge(judge, untracked);
        this.observing = settings.mode().observes();
        this.laterRules = settings.laterRules();
        this.answers = observing ? RefusalAnswers.NONE : settings.answers();
        this.sink = sink;
        this.listener = listener;
        this.undecodable = FixedDecisions.of(settings.on().undecodable(), Reason.UNDECODABLE);
        this.internalError = FixedDecisions.of(settings.on().internalError(), Reason.INTERNAL_ERROR);
        this.received = new DatagramBatch(BURST, queue.messageBytes());
        this.messages = new MessageReader(received.buffer());
        this.queued = new QueuedPacket(received.buffer());
        this.verdicts = new VerdictBuffer(queue.number(), BURST);
    }

    /** Called by the event loop when packets wait. A fault ends the loop, because it would leave the queue unserved. */
    @Override
    public void handle(IoRegistration registration, IoEvent event) {
        try {
            serve();
        } catch (IOException | RuntimeException | Error fault) {
            registration.cancel();
            end(fault);
        }
    }

    /**
     * Stays awake as long as packets come in numbers. After a burst that took all waiting packets, other threads get this
     * core first, and by then have often sent more. Sleeping instead would cost a wake-up for every few packets, which the
     * sender pays for and which halves the rate of both.
     */
    @SuppressWarnings("ThreadPriorityCheck") // yielding is only meant as a hint to the scheduler
    private void serve() throws IOException {
        for (int bursts = 0; bursts < BURSTS_PER_WAKE_UP; bursts++) {
            if (!serveBurst()) {
                if (received.count() < CROWD) {
                    return;
                }
                Thread.yield();
            }
        }
    }

    /** Serves one burst. Returns false when it took all waiting packets. */
    boolean serveBurst() throws IOException {
        PolicyInForce policy = activePolicy.inForce();
        othersFollow = laterRules.follow().getAsBoolean();
        boolean more = read();
        for (int i = 0; i < received.count(); i++) {
            answerAll(received.start(i), received.length(i), policy);
        }
        finishBurst(policy);
        return more;
    }

    private boolean read() throws IOException {
        try {
            queue.read(received);
            return received.isFull();
        } catch (OverrunException packetsLost) {
            counters.count(Event.OVERRUN, 1);
            return true;
        }
    }

    private void answerAll(int start, int length, PolicyInForce policy) throws IOException {
        messages.reset(start, length);
        while (messages.next()) {
            if (QueuedPacket.isPacket(messages)) {
                answerPacket(policy);
            } else if (messages.type() == Netlink.ERROR && messages.errno() != 0) {
                counters.count(Event.VERDICT_REFUSED, 1);
            }
        }
        if (messages.malformed()) {
            counters.count(Event.MALFORMED_MESSAGE, 1);
        }
    }

    private void answerPacket(PolicyInForce policy) throws IOException {
        if (!queued.read(messages)) {
            counters.count(Event.MALFORMED_MESSAGE, 1);
            return;
        }
        if (verdicts.isFull()) {
            finishBurst(policy);
        }
        if (verdicts.count() == 0) {
            burstBegan = System.nanoTime();
        }
        JudgedPacket packet = burst[verdicts.count()];
        packet.metAt(queued);
        packet.decision = decide(packet, policy);
        shadow.beforeVerdict(policy.shadow(), packet);
        boolean passes = observing || packet.decision.passes();
        counters.count(packet.decision, passes);
        if (passes) {
            accept();
        } else {
            verdicts.append(queued.id(), Verdict.REJECT);
        }
    }

    /** A packet that already has bits of the mark, set by any program, would lose them, so it is accepted at once. */
    private void accept() {
        if (othersFollow && (queued.mark() & laterRules.mask()) == 0) {
            verdicts.repeat(queued.id(), queued.mark() | laterRules.mark());
        } else {
            verdicts.append(queued.id(), Verdict.ACCEPT);
        }
    }

    private Decision decide(JudgedPacket packet, PolicyInForce policy) {
        try {
            DecodeStatus status = PacketDecoder.decode(
                    received.buffer().network(), queued.payloadOffset(), queued.payloadLength(), packet.view);
            if (status == DecodeStatus.OK) {
                packet.decoded = true;
                return untracked
                        ? judge.judgeUntracked(policy.filter(), packet.hook, packet.view)
                        : judge.judge(policy.filter(), packet.hook, packet.view);
            }
            counters.countUndecodable(status);
            return undecodable.in(packet.hook.near());
        } catch (RuntimeException fault) {
            report(fault);
            return internalError.in(packet.hook.near());
        }
    }

    private void finishBurst(PolicyInForce policy) throws IOException {
        if (verdicts.count() == 0) {
            return;
        }
        announceVerdicts();
        writeVerdicts();
        times.record(System.nanoTime() - burstBegan, verdicts.count());
        answerRefusals();
        long now = System.currentTimeMillis();
        shadow.afterVerdicts(policy.shadow(), burst, verdicts.count(), now);
        handToLog(policy);
        countHits(policy.hits(), now);
        counters.count(Event.BURST, 1);
        verdicts.clear();
    }

    private void announceVerdicts() {
        try {
            for (int i = 0; i < verdicts.count(); i++) {
                sink.judged(burst[i].view, burst[i].hook);
            }
            sink.verdictsFollow();
        } catch (RuntimeException fault) {
            report(fault);
        }
    }

    private void writeVerdicts() throws IOException {
        for (int attempt = 0; attempt < WRITE_ATTEMPTS; attempt++) {
            if (queue.write(verdicts)) {
                return;
            }
        }
        counters.count(Event.VERDICT_NOT_SENT, verdicts.count());
    }

    private void answerRefusals() {
        try {
            for (int i = 0; i < verdicts.count(); i++) {
                burst[i].answerRefusal(answers, received.buffer().network());
            }
        } catch (RuntimeException fault) {
            report(fault);
        }
    }

    /**
     * Counts at once what one rule has decided in a row: the loops of other processors count the same rules, and each count takes
     * its line of the cache away from them. A filter has each decision once.
     */
    @SuppressWarnings("ReferenceEquality")
    private void countHits(RuleHits hits, long now) {
        int first = 0;
        for (int next = 1; next <= verdicts.count(); next++) {
            if (next == verdicts.count() || burst[next].decision != burst[first].decision) {
                hits.count(burst[first].decision, next - first, now);
                first = next;
            }
        }
    }

    private void handToLog(PolicyInForce policy) {
        int recorded = 0;
        try {
            sink.judgedBy(policy.edition());
            for (; recorded < verdicts.count(); recorded++) {
                JudgedPacket packet = burst[recorded];
                sink.record(
                        packet.decision,
                        packet.candidate,
                        packet.view,
                        packet.hook,
                        packet.inInterface,
                        policy.generation());
            }
            sink.endOfBurst();
        } catch (RuntimeException fault) {
            counters.count(Event.NOT_RECORDED, verdicts.count() - recorded);
            report(fault);
        }
    }

    /** Reports each kind of fault once, so that a flood of one fault does not become a flood of reports. */
    private void report(RuntimeException fault) {
        if (reported.add(fault.getClass())) {
            listener.faulted(fault);
        }
    }

    private void end(Throwable fault) {
        try {
            close();
        } catch (IOException alsoFailed) {
            fault.addSuppressed(alsoFailed);
        }
        listener.stopped(fault);
    }

    LoopCounters counters() {
        return counters;
    }

    DecisionTimes times() {
        return times;
    }

    @Override
    public FileDescriptor fd() {
        return queue.descriptor();
    }

    /** Closes the queue. The kernel drops the packets that wait. */
    @Override
    public void close() throws IOException {
        queue.close();
    }
}
