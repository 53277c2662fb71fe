package io.secgroupd.controlplane.console.apply;

import com.fasterxml.jackson.core.JsonGenerator;
import io.secgroupd.controlplane.store.Revision;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** A revision with the trial that it is on, as JSON. */
final class TrialJson {

    private TrialJson() {}

    static void write(Revision revision, Optional<PolicyTrial> trial, Instant now, JsonGenerator json)
            throws IOException {
        json.writeNumberField("serial", revision.serial());
        json.writeStringField("hash", revision.hash());
        if (trial.isEmpty()) {
            json.writeNullField("trial");
            return;
        }
        Duration left = Duration.between(now, trial.get().deadline());
        json.writeObjectFieldStart("trial");
        json.writeNumberField("serial", trial.get().serial());
        json.writeNumberField("before", trial.get().before());
        json.writeStringField("by", trial.get().by());
        json.writeNumberField("seconds_left", Math.max(0, left.toSeconds()));
        json.writeNumberField("deadline", trial.get().deadline().toEpochMilli());
        json.writeEndObject();
    }
}
