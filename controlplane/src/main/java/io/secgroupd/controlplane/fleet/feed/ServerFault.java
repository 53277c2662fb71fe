package io.secgroupd.controlplane.fleet.feed;

import java.io.IOException;

/**
 * What a host has met at a control server, or at somebody in between, that no sound one does. It is told to another one.
 *
 * @param server its address
 * @param fault  what it did, as the end of a sentence that begins with the address
 */
public record ServerFault(String server, String fault) {

    private static final int SERVER = 300;
    private static final int FAULT = 500;

    public ServerFault {
        server = FeedText.line(server, SERVER);
        fault = FeedText.line(fault, FAULT);
    }

    /** The text for the wire. */
    public byte[] bytes() {
        return FlatJson.bytes(json -> {
            json.writeStringField("server", server);
            json.writeStringField("fault", fault);
        });
    }

    /**
     * Reads the text.
     *
     * @throws IOException with a sentence
     */
    public static ServerFault parse(byte[] bytes) throws IOException {
        FlatJson json = FlatJson.parse(bytes, FeedLimits.REPORT);
        return new ServerFault(json.text("server"), json.text("fault"));
    }
}
