package io.secgroupd.daemon.conntrack;

import io.secgroupd.daemon.netlink.Errno;
import io.secgroupd.daemon.netlink.FakeChannel;
import io.secgroupd.daemon.netlink.KernelBytes;
import io.secgroupd.rules.net.Family;
import io.secgroupd.rules.net.FlowTuple;
import io.secgroupd.rules.net.IpAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The kernel's sockets behind sock_diag(7), with its habit to find a listener where there is no connection. */
final class FakeSockets implements FakeChannel.AnsweringKernel {

    private static final int BY_FAMILY = 20;
    private static final int ESTABLISHED = 1;
    private static final int LISTEN = 10;
    private static final long ANY = -1;

    private final List<FakeSocket> sockets = new ArrayList<>();
    private int lookRefusal;
    private int destroyRefusal;
    private int asked;

    private static final class FakeSocket {
        private final int protocol;
        private final int state;
        /** The first 36 bytes of struct inet_diag_sockid: ports and addresses. */
        private final byte[] ends;

        private final long cookie;

        FakeSocket(int protocol, int state, byte[] ends, long cookie) {
            this.protocol = protocol;
            this.state = state;
            this.ends = ends;
            this.cookie = cookie;
        }
    }

    /** A connected socket whose local end is the source of this flow. */
    FakeSockets connected(FlowTuple local) {
        return add(local.protocol(), ESTABLISHED, ends(local));
    }

    /** The same, held by a socket of IPv6 that speaks IPv4 too. */
    FakeSockets connectedMapped(FlowTuple local) {
        ByteBuffer ends = ByteBuffer.wrap(ends(local));
        for (int address : new int[] {4, 20}) {
            int bits = ends.getInt(address);
            ends.putInt(address, 0).putInt(address + 8, 0xffff).putInt(address + 12, bits);
        }
        return add(local.protocol(), ESTABLISHED, ends.array());
    }

    /** A socket that serves everybody at the source of this flow. */
    FakeSockets listening(FlowTuple local) {
        byte[] ends = ends(local);
        Arrays.fill(ends, 2, 4, (byte) 0);
        Arrays.fill(ends, 20, 36, (byte) 0);
        return add(local.protocol(), LISTEN, ends);
    }

    private FakeSockets add(int protocol, int state, byte[] ends) {
        sockets.add(new FakeSocket(protocol, state, ends, 0x1000 + sockets.size()));
        return this;
    }

    FakeSockets refuseToLook(int errno) {
        lookRefusal = errno;
        return this;
    }

    FakeSockets refuseToDestroy(int errno) {
        destroyRefusal = errno;
        return this;
    }

    int count() {
        return sockets.size();
    }

    /** Requests so far. */
    int asked() {
        return asked;
    }

    @Override
    public List<byte[]> answer(byte[] request) {
        asked++;
        ByteBuffer host = ByteBuffer.wrap(request).order(ByteOrder.nativeOrder());
        boolean looks = host.getShort(4) == BY_FAMILY;
        int sequence = host.getInt(8);
        int protocol = request[17];
        byte[] ends = Arrays.copyOfRange(request, 24, 60);
        FakeSocket found = find(protocol, looks && protocol == Connection.UDP ? turned(ends) : ends, host.getLong(64));
        int refusal = looks ? lookRefusal : destroyRefusal;
        if (refusal != 0 || found == null) {
            return List.of(KernelBytes.error(sequence, refusal != 0 ? refusal : Errno.ENOENT));
        }
        if (!looks) {
            sockets.remove(found);
            return List.of(KernelBytes.acknowledgement(sequence));
        }
        byte[] cookie = ByteBuffer.allocate(8)
                .order(ByteOrder.nativeOrder())
                .putLong(found.cookie)
                .array();
        byte[] state = {request[16], (byte) found.state, 0, 0};
        return List.of(
                KernelBytes.message(BY_FAMILY, 0, sequence, state, found.ends, new byte[4], cookie, new byte[20]));
    }

    private @Nullable FakeSocket find(int protocol, byte[] ends, long cookie) {
        return sockets.stream()
                .filter(socket -> socket.protocol == protocol && (cookie == ANY || cookie == socket.cookie))
                .filter(socket -> socket.state == LISTEN ? isSameLocal(socket, ends) : isSame(socket.ends, ends))
                .min((one, other) -> Integer.compare(one.state, other.state))
                .orElse(null);
    }

    private static boolean isSameLocal(FakeSocket listener, byte[] ends) {
        byte[] own = listener.ends;
        return Arrays.equals(own, 0, 2, ends, 0, 2) && Arrays.equals(own, 4, 20, ends, 4, 20);
    }

    private static boolean isSame(byte[] socket, byte[] asked) {
        return Arrays.equals(socket, asked) || Arrays.equals(unmapped(socket), asked);
    }

    private static byte[] unmapped(byte[] ends) {
        ByteBuffer plain = ByteBuffer.wrap(ends.clone());
        for (int address : new int[] {4, 20}) {
            plain.putInt(address, plain.getInt(address + 12))
                    .putInt(address + 8, 0)
                    .putInt(address + 12, 0);
        }
        return plain.array();
    }

    private static byte[] turned(byte[] ends) {
        return KernelBytes.join(
                Arrays.copyOfRange(ends, 2, 4),
                Arrays.copyOfRange(ends, 0, 2),
                Arrays.copyOfRange(ends, 20, 36),
                Arrays.copyOfRange(ends, 4, 20));
    }

    private static byte[] ends(FlowTuple flow) {
        return ByteBuffer.allocate(36)
                .putShort((short) flow.sourcePort())
                .putShort((short) flow.destinationPort())
                .put(sixteen(flow.source()))
                .put(sixteen(flow.destination()))
                .array();
    }

    private static byte[] sixteen(IpAddress address) {
        return Arrays.copyOf(address.toBytes(), address.family() == Family.IPV4 ? 16 : address.toBytes().length);
    }
}
