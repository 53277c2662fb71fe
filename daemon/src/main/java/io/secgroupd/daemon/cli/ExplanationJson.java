package io.secgroupd.daemon.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.secgroupd.rules.analyze.Explanation;
import io.secgroupd.rules.decide.Decision;
import io.secgroupd.rules.decide.MatchedRule;
import io.secgroupd.rules.net.Direction;
import java.io.IOException;
import java.util.Optional;

/** An explanation as a JSON object: the verdict and both halves. */
final class ExplanationJson {

    private ExplanationJson() {}

    static void write(Explanation explanation, JsonGenerator json) throws IOException {
        json.writeStartObject();
        writeFields(explanation, json);
        json.writeEndObject();
    }

    /** Into an object that has begun. */
    static void writeFields(Explanation explanation, JsonGenerator json) throws IOException {
        json.writeStringField("verdict", explanation.verdict().name());
        json.writeFieldName("egress");
        half(explanation.half(Direction.EGRESS), json);
        json.writeFieldName("ingress");
        half(explanation.half(Direction.INGRESS), json);
    }

    private static void half(Optional<Decision> half, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeBooleanField("checked", half.isPresent());
        if (half.isPresent()) {
            Decision decision = half.get();
            MatchedRule rule = decision.rule();
            json.writeStringField("instance", decision.instance());
            json.writeStringField("verdict", decision.verdict().name());
            json.writeStringField("reason", decision.reason().word());
            json.writeStringField("group", rule == null ? null : rule.group());
            json.writeStringField("rule", rule == null ? null : rule.id());
            json.writeStringField("at", rule == null ? null : rule.at());
        }
        json.writeEndObject();
    }
}
