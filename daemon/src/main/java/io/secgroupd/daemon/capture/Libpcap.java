package io.secgroupd.daemon.capture;

import org.pcap4j.core.PcapNativeException;

/** Calls libpcap and reports in a sentence why a call fails. Its classes are loaded at the first call, never before. */
final class Libpcap {

    /** PCAP_ERROR_PERM_DENIED. */
    private static final int PERMISSION_DENIED = -8;

    private static final String PREFIX = "Error occurred in pcap_next_ex(): ";

    private Libpcap() {}

    /** A call that needs libpcap. */
    @FunctionalInterface
    interface Call<T> {
        T run() throws PcapNativeException;
    }

    /**
     * Runs a call.
     *
     * @param purpose the failure in words, such as {@code the interfaces cannot be captured}
     * @throws CaptureException when the library is missing or refuses the call
     */
    static <T> T call(String purpose, Call<T> call) throws CaptureException {
        try {
            return call.run();
        } catch (PcapNativeException refused) {
            throw new CaptureException(purpose + ": " + reason(refused), refused);
        } catch (LinkageError missing) {
            throw new CaptureException(
                    purpose + ": libpcap is missing; install it (apt install libpcap0.8, or dnf install libpcap)",
                    missing);
        }
    }

    private static String reason(PcapNativeException refused) {
        Integer code = refused.getReturnCode();
        return code != null && code == PERMISSION_DENIED
                ? "CAP_NET_RAW is missing; run as root, or add it to AmbientCapabilities= of the service"
                : message(refused);
    }

    /** Returns libpcap's message without the prefix that pcap4j adds. */
    static String message(PcapNativeException failure) {
        String message = String.valueOf(failure.getMessage());
        return message.startsWith(PREFIX) ? message.substring(PREFIX.length()) : message;
    }
}
