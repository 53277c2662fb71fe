package io.secgroupd.daemon.cli.usage;

import com.fasterxml.jackson.core.JsonGenerator;
import io.secgroupd.daemon.cli.common.JsonOutput;
import io.secgroupd.rules.model.Rule;
import io.secgroupd.rules.usage.RemainingTerms;
import io.secgroupd.rules.usage.RuleChange;
import io.secgroupd.rules.usage.ServiceRange;
import io.secgroupd.rules.usage.Sightings;
import io.secgroupd.rules.usage.Tightening;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** What can be taken out of the rules, as one JSON object. */
final class TighteningJson {

    private TighteningJson() {}

    static void write(Tightening tightening, Sightings all, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeNumberField("connections", all.count());
        json.writeStringField("first", EvidenceText.time(all.first()));
        json.writeStringField("last", EvidenceText.time(all.last()));
        json.writeNumberField("rules", tightening.looked());
        json.writeArrayFieldStart("changes");
        for (RuleChange change : tightening.changes()) {
            write(change, json);
        }
        json.writeEndArray();
        json.writeObjectFieldStart("not_judged");
        for (Map.Entry<String, List<String>> group : tightening.unknown().entrySet()) {
            JsonOutput.strings(group.getKey(), group.getValue(), json);
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    private static void write(RuleChange change, JsonGenerator json) throws IOException {
        Rule rule = change.rule();
        json.writeStartObject();
        json.writeStringField("group", rule.group());
        json.writeStringField("rule", rule.id());
        json.writeStringField("at", rule.at().fileLine());
        var service = new ServiceRange(rule.protocol(), rule.ports(), rule.icmp());
        SuggestionJson.terms(rule.direction(), service, List.of(rule.peer()), json);
        if (change.evidence().isPresent()) {
            SuggestionJson.evidence(change.evidence().get(), json);
        } else {
            json.writeNumberField("count", 0);
        }
        json.writeArrayFieldStart("remains");
        for (RemainingTerms part : change.remains()) {
            json.writeStartObject();
            SuggestionJson.terms(rule.direction(), part.service(), part.peers(), json);
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }
}
