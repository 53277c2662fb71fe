package io.secgroupd.daemon.conntrack;

import io.secgroupd.daemon.netlink.MessageReader;
import io.secgroupd.daemon.netlink.NetlinkBuffer;
import io.secgroupd.rules.fuzz.Claim;
import io.secgroupd.rules.fuzz.Cost;

/** Any bytes as a listing of connections: each is read whole, or passed over. */
public final class ConntrackFuzz {

    private static final int CAPACITY = 1 << 16;
    private static final long BASE = 1 << 16;
    private static final long EACH = 200;

    private static final NetlinkBuffer BUFFER = new NetlinkBuffer(CAPACITY);
    private static final MessageReader MESSAGES = new MessageReader(BUFFER);
    private static final ConnectionMessage CONNECTION = new ConnectionMessage(BUFFER);

    private ConntrackFuzz() {}

    /** One input. */
    public static void fuzzerTestOneInput(byte[] input) {
        int length = Math.min(input.length, CAPACITY);
        BUFFER.network().put(0, input, 0, length);
        Cost.bounded(length, BASE, EACH, () -> read(length));
    }

    private static void read(int length) {
        MESSAGES.reset(length);
        while (MESSAGES.next()) {
            CONNECTION
                    .read(MESSAGES)
                    .ifPresent(connection -> Claim.that(
                            connection.opened().family()
                                    == connection.answerer().family(),
                            "a connection between two families"));
            CONNECTION.answers();
            Claim.that(CONNECTION.tuple().length <= length, "a key that is longer than the message");
        }
    }
}
