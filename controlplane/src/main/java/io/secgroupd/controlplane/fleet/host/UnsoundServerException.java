package io.secgroupd.controlplane.fleet.host;

import io.secgroupd.controlplane.fleet.feed.ServerFault;
import java.io.IOException;
import java.net.URI;

/** A control server, or somebody in between, has done what no sound one does. Another one is asked, and told of it. */
final class UnsoundServerException extends IOException {

    private static final long serialVersionUID = 1L;

    private final URI server;
    private final String what;

    /** @param what it has done, as the end of a sentence */
    UnsoundServerException(URI server, String what) {
        super(server + " " + what + ".");
        this.server = server;
        this.what = what;
    }

    ServerFault fault() {
        return new ServerFault(server.toString(), what);
    }
}
