package io.secgroupd.daemon.answer;

import io.secgroupd.daemon.packet.PacketView;
import io.secgroupd.rules.net.Hook;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Answers refused packets of a host whose owner wants clients to fail at once, within limits. All loops share it. None waits for
 * another: a packet that is refused while another loop answers gets no answer, and is counted with those beyond the limits.
 */
public final class Answers implements RefusalAnswers, AutoCloseable {

    private final AnswerSender sender;
    private final LongSupplier nanoTime;
    private final long started;
    private final AnswerLimits limits = new AnswerLimits();
    private final AnswerPacket answer = new AnswerPacket();
    private final AtomicBoolean busy = new AtomicBoolean();
    private final AtomicLong resets = new AtomicLong();
    private final AtomicLong prohibited = new AtomicLong();
    private final AtomicLong limited = new AtomicLong();
    private volatile OwnAddresses own = OwnAddresses.NONE;

    /**
     * How many answers there were since the start.
     *
     * @param limited packets that would have been answered, had it not been for the limits or for the kernel
     */
    public record AnswerTotals(long resets, long prohibited, long limited) {}

    Answers(AnswerSender sender, LongSupplier nanoTime) {
        this.sender = sender;
        this.nanoTime = nanoTime;
        this.started = nanoTime.getAsLong();
    }

    /**
     * Opens the sockets that send.
     *
     * @param mark the mark of each answer, by which the hooks let it out
     * @throws IOException with a sentence for the operator
     */
    public static Answers open(int mark) throws IOException {
        return new Answers(RawSockets.open(mark), System::nanoTime);
    }

    /** Tells which addresses the host has from now on. Before the first time nothing is answered. */
    public void hostHas(OwnAddresses addresses) {
        own = addresses;
    }

    @Override
    public void refused(Hook hook, PacketView packet, ByteBuffer bytes, int offset, int length, int inInterface) {
        AnswerKind kind = Answerable.kind(hook, packet, own);
        if (kind == AnswerKind.NONE) {
            return;
        }
        if (!busy.compareAndSet(false, true)) {
            limited.incrementAndGet();
            return;
        }
        try {
            if (answer.write(kind, hook, packet, bytes, offset, length)) {
                counter(kind, send(packet, inInterface)).incrementAndGet();
            }
        } finally {
            busy.set(false);
        }
    }

    private boolean send(PacketView packet, int inInterface) {
        return limits.take(packet.sourceHigh(), packet.sourceLow(), nanoTime.getAsLong() - started)
                && sender.send(packet.family(), answer.bytes(), answer.length(), inInterface);
    }

    private AtomicLong counter(AnswerKind kind, boolean sent) {
        if (!sent) {
            return limited;
        }
        return kind == AnswerKind.RESET ? resets : prohibited;
    }

    /** The totals since the start. */
    public AnswerTotals totals() {
        return new AnswerTotals(resets.get(), prohibited.get(), limited.get());
    }

    @Override
    public void close() {
        own = OwnAddresses.NONE;
        sender.close();
    }
}
