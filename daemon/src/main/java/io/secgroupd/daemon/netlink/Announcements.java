package io.secgroupd.daemon.netlink;

import java.io.IOException;

/** Reads the kernel's announcements and tells a listener once for all that waited. */
final class Announcements {

    private static final int BUFFER_BYTES = 64 << 10;

    private final NetlinkChannel channel;
    private final NetlinkMonitor.Listener listener;
    private final NetlinkBuffer received = new NetlinkBuffer(BUFFER_BYTES);
    private final MessageReader messages = new MessageReader(received);
    private final AttributeReader attributes = new AttributeReader(received);

    Announcements(NetlinkChannel channel, NetlinkMonitor.Listener listener) {
        this.channel = channel;
        this.listener = listener;
    }

    /** Reads all that waits. Returns false when no more announcements will come. */
    boolean hear() {
        try {
            if (readAll()) {
                listener.changed();
            }
            return true;
        } catch (IOException | RuntimeException fault) {
            listener.failed(fault);
            return false;
        }
    }

    /** Returns whether any of the messages is of interest. */
    private boolean readAll() throws IOException {
        boolean concerns = false;
        while (true) {
            try {
                int length = channel.read(received);
                if (length <= 0) {
                    return concerns;
                }
                concerns |= concerns(length);
            } catch (OverrunException messagesLost) {
                concerns = true;
            }
        }
    }

    private boolean concerns(int length) {
        messages.reset(length);
        while (messages.next()) {
            messages.attributes(attributes);
            if (listener.concerns(messages.type(), attributes)) {
                return true;
            }
        }
        return messages.malformed();
    }
}
