package io.secgroupd.daemon.capture;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.PointerByReference;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.pcap4j.core.PcapNativeException;

/**
 * Reads files by direct calls of libpcap, because pcap4j throws on a packet with an impossible time and loses the packet.
 * For one thread.
 */
final class OfflinePcap implements AutoCloseable {

    private static final int ERROR_BYTES = 256;
    private static final int READ = 1;
    private static final int END_OF_FILE = -2;
    /** The offset of the captured length, which follows a struct timeval of two longs. */
    private static final int CAPTURED_LENGTH = 2 * Native.LONG_SIZE;

    private final PointerByReference header = new PointerByReference();
    private final PointerByReference data = new PointerByReference();
    private @Nullable Pointer handle;

    /** The functions of pcap(3PCAP), under their own names. */
    private static final class Functions {
        static {
            Native.register(NativeLibrary.getInstance("pcap"));
        }

        private Functions() {}

        static native @Nullable Pointer pcap_open_offline(byte[] path, byte[] error);

        static native int pcap_datalink(Pointer handle);

        static native @Nullable String pcap_datalink_val_to_description(int number);

        static native int pcap_next_ex(Pointer handle, PointerByReference header, PointerByReference data);

        static native String pcap_geterr(Pointer handle);

        static native void pcap_close(Pointer handle);
    }

    private OfflinePcap(Pointer handle) {
        this.handle = handle;
    }

    static OfflinePcap open(Path path) throws PcapNativeException {
        byte[] error = new byte[ERROR_BYTES];
        // libpcap would take a file that is called "-" for standard input.
        byte[] name = Native.toByteArray(path.toAbsolutePath().toString(), System.getProperty("sun.jnu.encoding"));
        Pointer handle = Functions.pcap_open_offline(name, error);
        if (handle == null) {
            throw new PcapNativeException(Native.toString(error));
        }
        return new OfflinePcap(handle);
    }

    private Pointer open() {
        Pointer open = handle;
        if (open == null) {
            throw new IllegalStateException("it has been closed");
        }
        return open;
    }

    /** The number of the file's link layer, DLT_…. */
    int link() {
        return Functions.pcap_datalink(open());
    }

    /** The name of a link layer, if libpcap knows one. */
    static String nameOf(int link) {
        String known = Functions.pcap_datalink_val_to_description(link);
        return known == null ? "without a name" : known;
    }

    /** The next packet, or null at the end of the file. */
    byte @Nullable [] next() throws PcapNativeException {
        int result = Functions.pcap_next_ex(open(), header, data);
        if (result == END_OF_FILE) {
            return null;
        }
        if (result != READ) {
            throw new PcapNativeException(Functions.pcap_geterr(open()));
        }
        return data.getValue().getByteArray(0, header.getValue().getInt(CAPTURED_LENGTH));
    }

    /** The seconds since 1970 of the packet read last, as the file has them, possible or not. */
    long seconds() {
        return header.getValue().getNativeLong(0).longValue();
    }

    /** The microseconds of the packet read last, as the file has them; a million or more is invalid. */
    long microseconds() {
        return header.getValue().getNativeLong(Native.LONG_SIZE).longValue();
    }

    @Override
    public void close() {
        if (handle != null) {
            Functions.pcap_close(handle);
            handle = null;
        }
    }
}
