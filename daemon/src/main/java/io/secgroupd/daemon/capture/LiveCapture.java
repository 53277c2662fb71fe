package io.secgroupd.daemon.capture;

import java.io.EOFException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.pcap4j.core.BpfProgram.BpfCompileMode;
import org.pcap4j.core.NotOpenException;
import org.pcap4j.core.PcapHandle;
import org.pcap4j.core.PcapHandle.BlockingMode;
import org.pcap4j.core.PcapNativeException;
import org.pcap4j.core.PcapStat;
import org.pcap4j.packet.namednumber.DataLinkType;

/**
 * Captures copies of the packets that pass the interfaces of this network namespace. It listens on Linux' device {@code
 * any}, so that no interface that comes, goes, fails or is renamed can end it. For one thread.
 */
public final class LiveCapture implements AutoCloseable {

    private static final String EVERY_INTERFACE = "any";
    /** The kernel hands over a partly filled block after this many milliseconds. */
    private static final int BLOCK_MILLIS = 20;

    private final PcapHandle handle;
    private final LinkLayer link;

    private LiveCapture(PcapHandle handle, LinkLayer link) {
        this.handle = handle;
        this.link = link;
    }

    /**
     * Opens the capture, which needs only CAP_NET_RAW.
     *
     * @param allProtocols whether to capture first packets of every protocol; otherwise only those of TCP
     * @param packetBytes the most bytes of each packet that are copied
     * @param bufferBytes the size of the buffer for waiting packets
     */
    public static LiveCapture open(boolean allProtocols, int packetBytes, int bufferBytes) throws CaptureException {
        return Libpcap.call("packets cannot be captured", () -> {
            PcapHandle handle = new PcapHandle.Builder(EVERY_INTERFACE)
                    .snaplen(packetBytes)
                    .timeoutMillis(BLOCK_MILLIS)
                    .bufferSize(bufferBytes)
                    .build();
            try {
                LinkLayer link = tellInterfaces(handle);
                handle.setFilter(CaptureFilter.of(allProtocols, link == LinkLayer.COOKED_2), BpfCompileMode.OPTIMIZE);
                // Without traffic a blocking read may never return, so that neither a stop nor the watchdog would work.
                handle.setBlockingMode(BlockingMode.NONBLOCKING);
                return new LiveCapture(handle, link);
            } catch (NotOpenException e) {
                throw new IllegalStateException("it has just been opened", e);
            } catch (PcapNativeException | RuntimeException refused) {
                handle.close();
                throw refused;
            }
        });
    }

    /** The second form of the cooked header names the interface; libpcap has had it since 1.10. */
    private static LinkLayer tellInterfaces(PcapHandle handle) throws NotOpenException {
        try {
            handle.setDlt(new DataLinkType(LinkLayer.COOKED_2.number(), "LINUX_SLL2"));
            return LinkLayer.COOKED_2;
        } catch (PcapNativeException unknown) {
            return LinkLayer.COOKED;
        }
    }

    /** Reports whether packets name the interface on which they were seen. */
    public boolean tellsInterfaces() {
        return link == LinkLayer.COOKED_2;
    }

    LinkLayer link() {
        return link;
    }

    /** The next frame; null when none waits. */
    byte @Nullable [] next() throws CaptureException {
        try {
            return handle.getNextRawPacketEx();
        } catch (TimeoutException nothingWaits) {
            return null;
        } catch (PcapNativeException | EOFException | NotOpenException failed) {
            throw new CaptureException("the capture has failed: " + failed.getMessage(), failed);
        }
    }

    /** The counts that libpcap reports, since the capture was opened. */
    CaptureLoss loss() throws CaptureException {
        try {
            PcapStat stat = handle.getStats();
            return new CaptureLoss(
                    stat.getNumPacketsReceived(), stat.getNumPacketsDropped(), stat.getNumPacketsDroppedByIf());
        } catch (PcapNativeException | NotOpenException failed) {
            throw new CaptureException("the capture has failed: " + failed.getMessage(), failed);
        }
    }

    @Override
    public void close() {
        handle.close();
    }

    /**
     * The counts that libpcap reports for a capture, in packets since it was opened.
     *
     * @param received the packets that passed the filter
     * @param dropped the packets that found the buffer full (ps_drop)
     * @param droppedByInterface the packets that the interface or its driver lost (ps_ifdrop); 0 where libpcap cannot know it
     */
    public record CaptureLoss(long received, long dropped, long droppedByInterface) {

        static final CaptureLoss NONE = new CaptureLoss(0, 0, 0);
    }

    /**
     * Composes the filter, in libpcap's language, for what the kernel copies to a capture. It lets through all packets that may
     * matter and stops most others in the kernel; {@link FirstPacketDetector} decides finally.
     */
    static final class CaptureFilter {

        /** Matches SYN alone among FIN, SYN, RST and ACK. */
        private static final String SYN = "& 0x17 = 0x02";
        /** libpcap finds no TCP header in IPv6, and none behind the extension headers 0, 43, 44, 51 and 60. */
        private static final String EXTENDED = "ip6[6] = 0 or ip6[6] = 43 or ip6[6] = 44 or ip6[6] = 51 or ip6[6] = 60";

        private static final String TCP = "tcp[13] " + SYN + " or (ip6[6] = 6 and ip6[53] " + SYN + ")";

        private CaptureFilter() {}

        /**
         * Composes the filter.
         *
         * @param all whether first packets of every protocol may pass; otherwise only TCP may
         * @param notLoopback whether the capture knows interfaces: the loopback interface is the first of every namespace
         */
        static String of(boolean all, boolean notLoopback) {
            String wanted = TCP + " or " + EXTENDED + (all ? " or (ip and not tcp) or (ip6 and not ip6[6] = 6)" : "");
            return (notLoopback ? "not ifindex 1 and " : "") + "(" + wanted + ")";
        }
    }
}
