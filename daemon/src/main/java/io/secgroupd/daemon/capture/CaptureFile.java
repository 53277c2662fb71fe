package io.secgroupd.daemon.capture;

import io.secgroupd.daemon.capture.FirstPacketDetector.Standing;
import io.secgroupd.daemon.capture.Frame.Travel;
import io.secgroupd.daemon.packet.DecodeStatus;
import io.secgroupd.daemon.packet.PacketDecoder;
import io.secgroupd.daemon.packet.PacketView;
import io.secgroupd.rules.net.Direction;
import io.secgroupd.rules.net.FlowTuple;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import org.pcap4j.core.PcapNativeException;

/** Reads the flows of a capture file, pcap or pcapng, in the order of their first packets. For one thread. */
public final class CaptureFile implements AutoCloseable {

    /** They take about 50 MB. */
    private static final int FLOWS = 262_144;

    private final Path path;
    private final OfflinePcap pcap;
    private final LinkLayer link;
    private final FirstPacketDetector firstPackets = new FirstPacketDetector(FLOWS);
    private final CaptureClock clock = new CaptureClock(System::currentTimeMillis);
    private final OtherPackets others = new OtherPackets();
    private final PacketView view = new PacketView();
    private long packets;
    private long undecodable;

    /**
     * The numbers of what was read.
     *
     * @param packets the number of all packets
     * @param undecodable the number of IP packets whose flow cannot be told
     * @param others the number of packets in which no IP was found
     * @param kinds the kinds of those other packets, with their numbers
     * @param badTimes the number of packets whose time is impossible and was not used
     * @param forgotten the number of flows that may have been counted twice, since more were open at once than are
     * remembered
     * @param damage the reason why reading stopped before the end of the file
     */
    public record CaptureSummary(
            long packets,
            long undecodable,
            long others,
            String kinds,
            long badTimes,
            long forgotten,
            Optional<String> damage) {}

    private CaptureFile(Path path, OfflinePcap pcap, LinkLayer link) {
        this.path = path;
        this.pcap = pcap;
        this.link = link;
    }

    /** Opens a file whose format libpcap knows and whose link layer this program knows. */
    public static CaptureFile open(Path path) throws CaptureException {
        OfflinePcap pcap = Libpcap.call(path + " cannot be read", () -> OfflinePcap.open(path));
        int number = pcap.link();
        Optional<LinkLayer> link = LinkLayer.of(number);
        if (link.isEmpty()) {
            pcap.close();
            throw new CaptureException(
                    path + " was captured on a link layer that secgroupd does not know (DLT " + number + ", "
                            + OfflinePcap.nameOf(number) + "); capture on the device any, or on an Ethernet interface");
        }
        return new CaptureFile(path, pcap, link.get());
    }

    /** Hands over every flow, up to the end of the file or of its readable part. */
    public CaptureSummary read(Consumer<CapturedFlow> flows) {
        Optional<String> damage = Optional.empty();
        try {
            byte[] bytes;
            while ((bytes = pcap.next()) != null) {
                packets++;
                read(bytes).ifPresent(flows);
            }
        } catch (PcapNativeException e) {
            damage = Optional.of(damage(Libpcap.message(e)));
        }
        return new CaptureSummary(
                packets,
                undecodable,
                others.all(),
                others.toString(),
                clock.unsound(),
                firstPackets.forgotten(),
                damage);
    }

    private String damage(String reason) {
        String where = path + " can be read up to packet " + packets + ": " + reason;
        return reason.contains("different from the type of the first interface")
                ? where
                        + "; split it by interface, and replay each part: tshark -r FILE -Y frame.interface_id==0 -w PART"
                : where;
    }

    private Optional<CapturedFlow> read(byte[] bytes) {
        long now = clock.millis(pcap.seconds(), pcap.microseconds());
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        Frame frame = link.read(buffer);
        if (!frame.hasIp()) {
            others.count(frame.payload());
            return Optional.empty();
        }
        if (frame.travel() == Travel.LOOPBACK) {
            return Optional.empty();
        }
        DecodeStatus status = PacketDecoder.decode(buffer, frame.offset(), bytes.length - frame.offset(), view);
        if (status != DecodeStatus.OK) {
            undecodable += status == DecodeStatus.FRAGMENT ? 0 : 1;
            return Optional.empty();
        }
        boolean first = firstPackets.of(view, frame.interfaceIndex(), now) == Standing.FIRST;
        return first && !isDhcp()
                ? Optional.of(new CapturedFlow(FlowTuple.of(view), view.isPickup(), now))
                : Optional.empty();
    }

    private boolean isDhcp() {
        return DhcpClient.speaks(view, Direction.INGRESS) || DhcpClient.speaks(view, Direction.EGRESS);
    }

    @Override
    public void close() {
        pcap.close();
    }

    /**
     * A flow, as its first packet in a capture shows it.
     *
     * @param midStream whether this is a TCP connection whose opening the capture does not show: either end may have opened it
     * @param millis   when that packet came, in milliseconds since 1970-01-01T00:00:00Z
     */
    public record CapturedFlow(FlowTuple flow, boolean midStream, long millis) {}
}
