package io.secgroupd.controlplane.console.view;

import com.fasterxml.jackson.core.JsonGenerator;
import io.secgroupd.rules.analyze.Explanation;
import io.secgroupd.rules.decide.Decision;
import io.secgroupd.rules.decide.MatchedRule;
import io.secgroupd.rules.decide.NearestMiss;
import io.secgroupd.rules.decide.RuleTerms;
import io.secgroupd.rules.net.Direction;
import java.io.IOException;
import java.util.Optional;

/** One half of an explanation as {@code explain --json} has it, with the terms of the rule that accepted. */
final class HalfJson {

    private HalfJson() {}

    static void write(Explanation explanation, Direction direction, FilePlaces places, JsonGenerator json)
            throws IOException {
        Optional<Decision> half = explanation.half(direction);
        json.writeObjectFieldStart(direction.word());
        json.writeBooleanField("checked", half.isPresent());
        if (half.isPresent()) {
            json.writeStringField("instance", half.get().instance());
            json.writeStringField("verdict", half.get().verdict().name());
            json.writeStringField("reason", half.get().reason().word());
            json.writeBooleanField("observed", half.get().observed());
            rule(half.get().rule() == null ? Optional.empty() : explanation.terms(direction), places, json);
            Optional<NearestMiss> nearest = explanation.nearest(direction);
            if (nearest.isPresent()) {
                json.writeObjectFieldStart("nearest");
                rule(Optional.of(nearest.get().terms()), places, json);
                JsonLists.strings("differing", nearest.get().differing(), json);
                json.writeEndObject();
            }
        }
        json.writeEndObject();
    }

    private static void rule(Optional<RuleTerms> terms, FilePlaces places, JsonGenerator json) throws IOException {
        if (terms.isPresent()) {
            MatchedRule rule = terms.get().rule();
            json.writeStringField("group", rule.group());
            json.writeStringField("rule", rule.id());
            json.writeStringField("at", places.shortened(rule.at()));
            json.writeStringField("terms", terms.get().text());
        }
    }
}
