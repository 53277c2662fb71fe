package io.secgroupd.daemon.capture;

import io.secgroupd.daemon.capture.FirstPackets.Standing;
import io.secgroupd.daemon.capture.Frame.Travel;
import io.secgroupd.daemon.packet.DecodeStatus;
import io.secgroupd.daemon.packet.PacketDecoder;
import io.secgroupd.daemon.packet.PacketView;
import io.secgroupd.rules.net.Direction;
import io.secgroupd.rules.net.FlowTuple;
import io.secgroupd.rules.net.IpAddress;
import java.io.EOFException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.pcap4j.core.NotOpenException;
import org.pcap4j.core.PcapHandle;
import org.pcap4j.core.PcapNativeException;
import org.pcap4j.core.Pcaps;

/** The flows of a capture file, pcap or pcapng, in the order of their first packets. For one thread. */
public final class CaptureFile implements AutoCloseable {

    /** In about 50 MB. */
    private static final int FLOWS = 262_144;

    private final Path path;
    private final PcapHandle handle;
    private final LinkLayer link;
    private final FirstPackets firstPackets = new FirstPackets(FLOWS);
    private final PacketView view = new PacketView();
    private long packets;
    private long undecodable;

    /**
     * What was read.
     *
     * @param packets     all of them
     * @param undecodable IP packets of which no flow can be told
     * @param forgotten   flows that may have been counted twice, since more were open at once than are remembered
     * @param damage      why it ended before the file does
     */
    public record Summary(long packets, long undecodable, long forgotten, Optional<String> damage) {}

    private CaptureFile(Path path, PcapHandle handle, LinkLayer link) {
        this.path = path;
        this.handle = handle;
        this.link = link;
    }

    /** Opens a file of which libpcap knows the format, and we the link layer. */
    public static CaptureFile open(Path path) throws CaptureException {
        PcapHandle handle = Libpcap.call(path + " cannot be read", () -> Pcaps.openOffline(path.toString()));
        int number = handle.getDlt().value();
        Optional<LinkLayer> link = LinkLayer.of(number);
        if (link.isEmpty()) {
            handle.close();
            throw new CaptureException(path + " was captured on a link layer that is not known here (DLT " + number
                    + "); capture on the device any, or on an Ethernet interface");
        }
        return new CaptureFile(path, handle, link.get());
    }

    /** Hands over every flow, up to the end of the file or of what can be read of it. */
    public Summary read(Consumer<CapturedFlow> flows) {
        String damage = null;
        try {
            while (true) {
                byte[] bytes = handle.getNextRawPacketEx();
                packets++;
                read(bytes).ifPresent(flows);
            }
        } catch (EOFException end) {
            // All of it.
        } catch (PcapNativeException e) {
            damage = damage(Libpcap.message(e));
        } catch (NotOpenException | TimeoutException e) {
            throw new IllegalStateException("a file is open and has no time-outs", e);
        }
        return new Summary(packets, undecodable, firstPackets.forgotten(), Optional.ofNullable(damage));
    }

    private String damage(String reason) {
        String where = path + " can be read up to packet " + packets + ": " + reason;
        return reason.contains("different from the type of the first interface")
                ? where
                        + "; split it by interface, and replay each part: tshark -r FILE -Y frame.interface_id==0 -w PART"
                : where;
    }

    private Optional<CapturedFlow> read(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        Frame frame = link.read(buffer);
        if (!frame.hasIp() || frame.travel() == Travel.LOOPBACK) {
            return Optional.empty();
        }
        DecodeStatus status = PacketDecoder.decode(buffer, frame.offset(), bytes.length - frame.offset(), view);
        if (status != DecodeStatus.OK) {
            undecodable += status == DecodeStatus.FRAGMENT ? 0 : 1;
            return Optional.empty();
        }
        boolean first = firstPackets.of(view, frame.interfaceIndex(), now()) == Standing.FIRST;
        return first && !isDhcp() ? Optional.of(new CapturedFlow(tuple(), view.isPickup())) : Optional.empty();
    }

    private long now() {
        java.sql.@Nullable Timestamp captured = handle.getTimestamp();
        return captured == null ? 0 : captured.getTime();
    }

    private boolean isDhcp() {
        return DhcpClient.speaks(view, Direction.INGRESS) || DhcpClient.speaks(view, Direction.EGRESS);
    }

    private FlowTuple tuple() {
        return new FlowTuple(
                new IpAddress(view.family(), view.sourceHigh(), view.sourceLow()),
                new IpAddress(view.family(), view.destinationHigh(), view.destinationLow()),
                view.protocol(),
                view.sourcePort(),
                view.destinationPort(),
                view.icmpType(),
                view.icmpCode());
    }

    @Override
    public void close() {
        handle.close();
    }
}
