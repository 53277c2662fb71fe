package io.secgroupd.controlplane.fleet.server;

import io.secgroupd.controlplane.fleet.rollout.RolloutSettings;
import io.secgroupd.controlplane.store.Revision;
import io.secgroupd.controlplane.store.common.Json;
import io.secgroupd.controlplane.store.common.Json.JsonTexts;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * How a revision shall be rolled out, told before it is made.
 *
 * @param serial of the revision that is meant: who makes it names the one it is made on, so it gets no other
 * @param policy its hash, since somebody else may make another one on the same
 */
record RolloutWish(long serial, String policy, RolloutSettings settings) {

    boolean isFor(Revision revision) {
        return serial == revision.serial() && policy.equals(revision.hash());
    }

    String text() {
        var json = new JsonTexts();
        json.texts().put("serial", Long.toString(serial));
        json.texts().put("policy", policy);
        json.texts().put("steps", settings.stepsText());
        json.texts().put("first", String.join(",", settings.first()));
        json.texts().put("hold", settings.hold().toString());
        return Json.line(json);
    }

    static RolloutWish parse(String text) throws IOException {
        JsonTexts json = Json.parse(text);
        String first = json.text("first");
        try {
            long serial = Long.parseLong(json.texts().getOrDefault("serial", "0")); // older ones did not say
            var settings = new RolloutSettings(
                    RolloutSettings.parseSteps(json.text("steps")),
                    first.isEmpty() ? List.of() : Arrays.asList(first.split(",", -1)),
                    Duration.parse(json.text("hold")));
            return new RolloutWish(serial, json.text("policy"), settings);
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new IOException("What was wished for a roll-out is none: " + e.getMessage(), e);
        }
    }
}
