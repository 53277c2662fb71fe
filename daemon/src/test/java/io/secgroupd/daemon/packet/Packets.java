package io.secgroupd.daemon.packet;

import io.secgroupd.rules.net.Family;
import io.secgroupd.rules.net.IpAddress;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Locale;

/** Decodes bytes in tests and writes the outcome as one line: {@code OK tcp 10.0.0.1:40000 > 10.0.0.2:443 flags 02}. */
final class Packets {

    private Packets() {}

    static String decode(byte[] packet) {
        return decode(ByteBuffer.wrap(packet), 0, packet.length);
    }

    static String decode(ByteBuffer buffer, int offset, int length) {
        PacketView view = new PacketView();
        DecodeStatus status = PacketDecoder.decode(buffer, offset, length, view);
        return status == DecodeStatus.OK ? "OK " + describe(view) : status.name();
    }

    static byte[] hex(String text) {
        return HexFormat.of().parseHex(text.replaceAll("\\s", ""));
    }

    private static String describe(PacketView view) {
        String source = address(view.family(), view.sourceHigh(), view.sourceLow());
        String destination = address(view.family(), view.destinationHigh(), view.destinationLow());
        return switch (view.protocol()) {
            case PacketView.TCP ->
                ends("tcp", source, view.sourcePort(), destination, view.destinationPort())
                        + String.format(Locale.ROOT, " flags %02x", view.tcpFlags());
            case PacketView.UDP -> ends("udp", source, view.sourcePort(), destination, view.destinationPort());
            default ->
                view.protocol() + " " + source + " > " + destination + " type " + view.icmpType() + " code "
                        + view.icmpCode();
        };
    }

    private static String ends(String protocol, String source, int sourcePort, String destination, int port) {
        return protocol + " " + source + ":" + sourcePort + " > " + destination + ":" + port;
    }

    private static String address(Family family, long high, long low) {
        return new IpAddress(family, high, low).toString();
    }
}
