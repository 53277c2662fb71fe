package io.secgroupd.daemon.capture;

import io.secgroupd.daemon.capture.Frame.Travel;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The link layers that can be captured, by their number in pcap (DLT_…). Total: every byte string is a frame with or without
 * an IP packet.
 */
enum LinkLayer {
    /** BSD loopback and tunnels: the address family in 4 bytes. */
    BSD_NULL(0),
    ETHERNET(1),
    /** An IP packet without a link-layer header. */
    RAW(12),
    BSD_LOOP(108),
    /** LINUX_SLL, which the device {@code any} gave before libpcap 1.10: type 2, ARPHRD 2, address 2 + 8, protocol 2. */
    COOKED(113),
    RAW_IPV4(228),
    RAW_IPV6(229),
    /** LINUX_SLL2: protocol 2, reserved 2, interface 4, ARPHRD 2, type 1, address 1 + 8. */
    COOKED_2(276);

    private static final int LOOPBACK_DEVICE = 772;

    private final int number;

    LinkLayer(int number) {
        this.number = number;
    }

    static Optional<LinkLayer> of(int number) {
        return Stream.of(values()).filter(layer -> layer.number == number).findFirst();
    }

    int number() {
        return number;
    }

    /** Finds the IP packet in a frame. {@code bytes} is in network order, from 0 to its limit. */
    Frame read(ByteBuffer bytes) {
        return switch (this) {
            case ETHERNET -> typed(bytes, 12, 14, 0, Travel.UNKNOWN);
            case RAW, RAW_IPV4, RAW_IPV6 -> raw(bytes, 0);
            case BSD_NULL, BSD_LOOP -> raw(bytes, 4);
            case COOKED ->
                bytes.limit() < 16
                        ? Frame.NO_IP
                        : typed(bytes, 14, 16, 0, travel(bytes.getShort(0), bytes.getShort(2)));
            case COOKED_2 ->
                bytes.limit() < 20
                        ? Frame.NO_IP
                        : typed(bytes, 0, 20, bytes.getInt(4), travel(bytes.get(10), bytes.getShort(8)));
        };
    }

    private static Frame raw(ByteBuffer bytes, int offset) {
        return bytes.limit() > offset ? new Frame(offset, 0, Travel.UNKNOWN) : Frame.NO_IP;
    }

    private static Frame typed(ByteBuffer bytes, int typeAt, int payloadAt, int interfaceIndex, Travel travel) {
        return bytes.limit() < typeAt + 2
                ? Frame.NO_IP
                : Encapsulation.find(bytes, bytes.getShort(typeAt) & 0xffff, payloadAt, interfaceIndex, travel);
    }

    /** PACKET_HOST 0, PACKET_BROADCAST 1, PACKET_MULTICAST 2, PACKET_OTHERHOST 3, PACKET_OUTGOING 4 of packet(7). */
    private static Travel travel(int packetType, int device) {
        if (device == LOOPBACK_DEVICE) {
            return Travel.LOOPBACK;
        }
        return switch (packetType) {
            case 0 -> Travel.ARRIVING;
            case 1, 2 -> Travel.ARRIVING_FOR_MANY;
            case 3 -> Travel.FOR_OTHERS;
            case 4 -> Travel.LEAVING;
            default -> Travel.UNKNOWN;
        };
    }
}
