package io.secgroupd.controlplane.fleet.server;

import io.secgroupd.controlplane.fleet.rollout.RolloutSettings;
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
 * @param policy the hash of the revision that is meant
 */
record RolloutWish(String policy, RolloutSettings settings) {

    String text() {
        var json = new JsonTexts();
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
            var settings = new RolloutSettings(
                    RolloutSettings.parseSteps(json.text("steps")),
                    first.isEmpty() ? List.of() : Arrays.asList(first.split(",", -1)),
                    Duration.parse(json.text("hold")));
            return new RolloutWish(json.text("policy"), settings);
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new IOException("What was wished for a roll-out is none: " + e.getMessage(), e);
        }
    }
}
