package io.secgroupd.controlplane.fleet.server;

import io.secgroupd.controlplane.store.common.Json;
import io.secgroupd.controlplane.store.common.Json.JsonTexts;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/**
 * Where a host is connected. It is written when that changes, so that a fleet at rest writes nothing.
 *
 * @param server the control server
 * @param joined since when
 * @param left   when it was heard of last there; empty while it is connected
 */
record Presence(String server, Instant joined, Optional<Instant> left) {

    boolean isConnected() {
        return left.isEmpty();
    }

    Presence leftAt(Instant time) {
        return new Presence(server, joined, Optional.of(time));
    }

    String text() {
        var json = new JsonTexts();
        json.texts().put("server", server);
        json.texts().put("joined", joined.toString());
        left.ifPresent(time -> json.texts().put("left", time.toString()));
        return Json.line(json);
    }

    static Presence parse(String text) throws IOException {
        JsonTexts json = Json.parse(text);
        try {
            Optional<Instant> left =
                    Optional.ofNullable(json.texts().get("left")).map(Instant::parse);
            return new Presence(json.text("server"), Instant.parse(json.text("joined")), left);
        } catch (DateTimeException e) {
            throw new IOException("The time of a presence is none.", e);
        }
    }
}
