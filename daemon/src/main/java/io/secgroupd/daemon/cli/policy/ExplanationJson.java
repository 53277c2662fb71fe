package io.secgroupd.daemon.cli.policy;

import com.fasterxml.jackson.core.JsonGenerator;
import io.secgroupd.daemon.cli.common.JsonOutput;
import io.secgroupd.rules.analyze.Explanation;
import io.secgroupd.rules.decide.Decision;
import io.secgroupd.rules.decide.MatchedRule;
import io.secgroupd.rules.decide.NearestMiss;
import io.secgroupd.rules.net.Direction;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** An explanation as a JSON object: the verdict and both halves. */
final class ExplanationJson {

    private static final List<Direction> DIRECTIONS = List.of(Direction.EGRESS, Direction.INGRESS);

    private ExplanationJson() {}

    /** Writes an answer of a batch as {@link #write(Explanation, JsonGenerator)} does, with the texts of halves that are there. */
    static void write(Explanation explanation, HalfTexts halves, JsonGenerator json) throws IOException {
        json.writeStartObject();
        together(explanation, json);
        for (Direction direction : DIRECTIONS) {
            json.writeFieldName(direction.word());
            char[] half = halves.of(explanation.half(direction));
            json.writeRawValue(half, 0, half.length);
        }
        json.writeEndObject();
    }

    /** Writes an answer without what the question already says and without nearest misses, which are slow. */
    static void write(Explanation explanation, JsonGenerator json) throws IOException {
        json.writeStartObject();
        writeFields(explanation, json);
        json.writeEndObject();
    }

    /** Writes the fields into an object that has been started. */
    static void writeFields(Explanation explanation, JsonGenerator json) throws IOException {
        halves(explanation, false, json);
    }

    /** Writes a single answer, with the judged addresses and the nearest miss of each half that rejected. */
    static void writeWhole(Explanation explanation, JsonGenerator json) throws IOException {
        json.writeStartObject();
        halves(explanation, true, json);
        json.writeStringField("from", explanation.flow().source().toString());
        json.writeStringField("to", explanation.flow().destination().toString());
        json.writeEndObject();
    }

    private static void halves(Explanation explanation, boolean withNearest, JsonGenerator json) throws IOException {
        together(explanation, json);
        for (Direction direction : DIRECTIONS) {
            json.writeObjectFieldStart(direction.word());
            half(explanation.half(direction), json);
            Optional<NearestMiss> nearest = withNearest ? explanation.nearest(direction) : Optional.empty();
            if (nearest.isPresent()) {
                write(nearest.get(), json);
            }
            json.writeEndObject();
        }
    }

    /** Writes what both halves come to. */
    private static void together(Explanation explanation, JsonGenerator json) throws IOException {
        json.writeStringField("verdict", explanation.verdict().name());
        observed(explanation.observed(), json);
    }

    /** Writes the fields of one half into an object that has been started. */
    static void half(Optional<Decision> half, JsonGenerator json) throws IOException {
        json.writeBooleanField("checked", half.isPresent());
        if (half.isPresent()) {
            Decision decision = half.get();
            MatchedRule rule = decision.rule();
            json.writeStringField("instance", decision.instance());
            json.writeStringField("verdict", decision.verdict().name());
            json.writeStringField("reason", decision.reason().word());
            observed(decision.observed(), json);
            json.writeStringField("group", rule == null ? null : rule.group());
            json.writeStringField("rule", rule == null ? null : rule.id());
            json.writeStringField("at", rule == null ? null : rule.at());
        }
    }

    /** As in the flow log, the field is there only where something passes in spite of the verdict. */
    private static void observed(boolean observed, JsonGenerator json) throws IOException {
        if (observed) {
            json.writeBooleanField("observed", true);
        }
    }

    private static void write(NearestMiss nearest, JsonGenerator json) throws IOException {
        MatchedRule rule = nearest.terms().rule();
        json.writeObjectFieldStart("nearest");
        json.writeStringField("group", rule.group());
        json.writeStringField("rule", rule.id());
        json.writeStringField("at", rule.at());
        json.writeStringField("terms", nearest.terms().text());
        JsonOutput.strings("differing", nearest.differing(), json);
        json.writeEndObject();
    }
}
