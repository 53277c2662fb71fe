package io.secgroupd.daemon.testkit;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.pcap4j.core.NotOpenException;
import org.pcap4j.core.PcapHandle;
import org.pcap4j.core.PcapNativeException;

/** Puts IP packets onto a cable as they are: no socket, no routing and no filter of the sender looks at them. */
public final class Cable implements AutoCloseable {

    private static final Pattern ADDRESS = Pattern.compile("link/ether (\\S+)");

    private final PcapHandle handle;
    private final byte[] link;

    private Cable(PcapHandle handle, byte[] link) {
        this.handle = handle;
        this.link = link;
    }

    /**
     * Opens the cable between two interfaces.
     *
     * @param from the end that sends
     */
    public static Cable between(NetworkNamespace from, String fromInterface, NetworkNamespace to, String toInterface) {
        byte[] link = new byte[12];
        System.arraycopy(macAddress(to, toInterface), 0, link, 0, 6);
        System.arraycopy(macAddress(from, fromInterface), 0, link, 6, 6);
        return new Cable(from.call(() -> new PcapHandle.Builder(fromInterface).build()), link);
    }

    private static byte[] macAddress(NetworkNamespace namespace, String networkInterface) {
        Matcher address = ADDRESS.matcher(namespace.run("ip", "link", "show", "dev", networkInterface));
        if (!address.find()) {
            throw new IllegalStateException("no hardware address of " + networkInterface);
        }
        byte[] bytes = new byte[6];
        String[] parts = address.group(1).split(":");
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) Integer.parseInt(parts[i], 16);
        }
        return bytes;
    }

    public void send(byte[]... packets) {
        send(List.of(packets));
    }

    public void send(List<byte[]> packets) {
        try {
            for (byte[] packet : packets) {
                handle.sendPacket(frame(packet));
            }
        } catch (PcapNativeException | NotOpenException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Puts a packet onto the cable as if another card had sent it.
     *
     * @param card the address of that card, 6 bytes
     */
    public void sendFrom(byte[] card, byte[] packet) {
        byte[] frame = frame(packet);
        System.arraycopy(card, 0, frame, card.length, card.length);
        try {
            handle.sendPacket(frame);
        } catch (PcapNativeException | NotOpenException e) {
            throw new IllegalStateException(e);
        }
    }

    private byte[] frame(byte[] packet) {
        byte[] frame = new byte[link.length + 2 + packet.length];
        System.arraycopy(link, 0, frame, 0, link.length);
        boolean ipv6 = packet[0] >> 4 == 6;
        frame[12] = (byte) (ipv6 ? 0x86 : 0x08);
        frame[13] = (byte) (ipv6 ? 0xdd : 0x00);
        System.arraycopy(packet, 0, frame, 14, packet.length);
        return frame;
    }

    @Override
    public void close() {
        handle.close();
    }
}
