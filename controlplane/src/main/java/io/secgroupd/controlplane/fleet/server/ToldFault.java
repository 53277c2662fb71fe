package io.secgroupd.controlplane.fleet.server;

import io.secgroupd.controlplane.fleet.feed.ServerFault;
import io.secgroupd.controlplane.store.common.Json;
import io.secgroupd.controlplane.store.common.Json.JsonTexts;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;

/**
 * What a host has told of a control server that is not sound.
 *
 * @param time when it did
 */
public record ToldFault(ServerFault fault, Instant time) {

    /** So long it is shown. The host goes on with another server at once, and nothing that it says later takes this back. */
    static final Duration SHOWN = Duration.ofDays(1);

    boolean isShown(Instant now) {
        return now.isBefore(time.plus(SHOWN));
    }

    String text() {
        var json = new JsonTexts();
        json.texts().put("server", fault.server());
        json.texts().put("fault", fault.fault());
        json.texts().put("time", time.toString());
        return Json.line(json);
    }

    static ToldFault parse(String text) throws IOException {
        JsonTexts json = Json.parse(text);
        try {
            var fault = new ServerFault(json.text("server"), json.text("fault"));
            return new ToldFault(fault, Instant.parse(json.text("time")));
        } catch (DateTimeException e) {
            throw new IOException("The time of a fault of a control server is none.", e);
        }
    }
}
