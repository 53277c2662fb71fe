package io.secgroupd.controlplane.fleet.server;

import io.secgroupd.controlplane.fleet.rollout.RolloutSettings;
import io.secgroupd.controlplane.store.common.Json;
import io.secgroupd.controlplane.store.common.Json.JsonTexts;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * How a revision shall be rolled out, told before it is made. Whoever tells has found that it has no errors, and that its tests
 * pass.
 *
 * @param serial   of the revision that is meant: who makes it names the one it is made on, so it gets no other
 * @param policy   its hash, since somebody else may make another one on the same
 * @param settings empty when it shall be as usual
 */
record RolloutWish(long serial, String policy, Optional<RolloutSettings> settings) {

    boolean isFor(long revision, String hash) {
        return serial == revision && policy.equals(hash);
    }

    String text() {
        var json = new JsonTexts();
        json.texts().put("serial", Long.toString(serial));
        json.texts().put("policy", policy);
        settings.ifPresent(asked -> {
            json.texts().put("steps", asked.stepsText());
            json.texts().put("first", String.join(",", asked.first()));
            json.texts().put("hold", asked.hold().toString());
        });
        return Json.line(json);
    }

    static RolloutWish parse(String text) throws IOException {
        JsonTexts json = Json.parse(text);
        try {
            Optional<RolloutSettings> settings =
                    json.texts().containsKey("steps") ? Optional.of(settings(json)) : Optional.empty();
            long serial = Long.parseLong(json.texts().getOrDefault("serial", "0")); // older ones did not say
            return new RolloutWish(serial, json.text("policy"), settings);
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new IOException("What was wished for a roll-out is none: " + e.getMessage(), e);
        }
    }

    private static RolloutSettings settings(JsonTexts json) throws IOException {
        String first = json.text("first");
        return new RolloutSettings(
                RolloutSettings.parseSteps(json.text("steps")),
                first.isEmpty() ? List.of() : Arrays.asList(first.split(",", -1)),
                Duration.parse(json.text("hold")));
    }
}
