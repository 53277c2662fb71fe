package io.secgroupd.daemon.units;

import io.secgroupd.daemon.netlink.Errno;
import io.secgroupd.daemon.netlink.FakeChannel;
import io.secgroupd.daemon.netlink.KernelBytes;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The kernel's sockets behind sock_diag(7), by protocol and local port. It takes several questions at once. */
public final class FakeSocketTable implements FakeChannel.AnsweringKernel {

    static final int ESTABLISHED = 1;
    static final int TIME_WAIT = 6;
    static final int CLOSE = 7;
    static final int LISTEN = 10;
    private static final int TCP = 6;
    private static final int UDP = 17;
    private static final int QUESTION = 72;
    private static final int DUMP = 0x300;
    private static final int SHUTDOWN = 8;
    private static final int CGROUP_ID = 21;

    private final Map<Integer, byte[]> sockets = new HashMap<>();
    private final List<byte[]> questions = new ArrayList<>();
    private int refusal;

    /** A TCP socket that listens. */
    public FakeSocketTable listening(int port, long cgroup) {
        return add(TCP, port, LISTEN, cgroupOf(cgroup));
    }

    /** A TCP socket that connects. */
    public FakeSocketTable connecting(int port, long cgroup) {
        return add(TCP, port, ESTABLISHED, cgroupOf(cgroup));
    }

    FakeSocketTable serving(int udpPort, long cgroup) {
        return add(UDP, udpPort, CLOSE, cgroupOf(cgroup));
    }

    /** A TCP socket of whose control group the kernel does not tell. */
    FakeSocketTable untold(int port) {
        return add(TCP, port, TIME_WAIT);
    }

    FakeSocketTable add(int protocol, int port, int state, byte[]... attributes) {
        byte[] head = ByteBuffer.allocate(72)
                .put(0, (byte) 2)
                .put(1, (byte) state)
                .putShort(4, (short) port)
                .array();
        byte[] shutdown = KernelBytes.u8(SHUTDOWN, 0);
        sockets.put(protocol << 16 | port, KernelBytes.join(head, shutdown, KernelBytes.join(attributes)));
        return this;
    }

    static byte[] cgroupOf(long id) {
        return KernelBytes.attribute(
                CGROUP_ID,
                ByteBuffer.allocate(8)
                        .order(ByteOrder.nativeOrder())
                        .putLong(id)
                        .array());
    }

    /** A TCP socket that is gone. */
    public void ended(int port) {
        sockets.remove(TCP << 16 | port);
    }

    /** Has no listing of sockets. */
    FakeSocketTable refuse(int errno) {
        refusal = errno;
        return this;
    }

    /** The questions for a socket so far, each with its header. */
    public List<byte[]> questions() {
        return questions;
    }

    @Override
    public List<byte[]> answer(byte[] request) {
        var answers = new ArrayList<byte[]>();
        for (int at = 0; at < request.length; at += QUESTION) {
            byte[] question = new byte[QUESTION];
            System.arraycopy(request, at, question, 0, QUESTION);
            answers.add(answerOne(question));
        }
        return answers;
    }

    private byte[] answerOne(byte[] question) {
        ByteBuffer host = ByteBuffer.wrap(question).order(ByteOrder.nativeOrder());
        int sequence = host.getInt(8);
        if ((host.getShort(6) & DUMP) == DUMP) {
            return KernelBytes.done(sequence, refusal);
        }
        questions.add(question);
        int protocol = question[17];
        int localPort = ByteBuffer.wrap(question).getShort(protocol == UDP ? 26 : 24) & 0xffff;
        byte[] found = sockets.get(protocol << 16 | localPort);
        return found == null ? KernelBytes.error(sequence, Errno.ENOENT) : KernelBytes.message(20, 0, sequence, found);
    }
}
