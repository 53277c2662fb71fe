package io.secgroupd.daemon.cli.usage;

import com.fasterxml.jackson.core.JsonGenerator;
import io.secgroupd.daemon.cli.common.JsonOutput;
import io.secgroupd.rules.model.Peer;
import io.secgroupd.rules.net.Direction;
import io.secgroupd.rules.net.IcmpMatch;
import io.secgroupd.rules.net.IpAddress;
import io.secgroupd.rules.net.Prefix;
import io.secgroupd.rules.usage.Evidence;
import io.secgroupd.rules.usage.ServiceRange;
import io.secgroupd.rules.usage.Sightings;
import io.secgroupd.rules.usage.SuggestedGroup;
import io.secgroupd.rules.usage.SuggestedRule;
import io.secgroupd.rules.usage.Suggestion;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A suggestion as one JSON object: totals, lists, groups with their rules, and the text of the fragment. */
final class SuggestionJson {

    private SuggestionJson() {}

    static void write(Suggestion suggestion, NeededRules needed, String fragment, JsonGenerator json)
            throws IOException {
        json.writeStartObject();
        json.writeNumberField("allowed", needed.allowed());
        json.writeNumberField("needed", needed.needed());
        JsonOutput.strings("remarks", needed.remarks(), json);
        json.writeObjectFieldStart("prefix_lists");
        for (Map.Entry<String, List<Prefix>> list : suggestion.lists().entrySet()) {
            strings(list.getKey(), list.getValue(), json);
        }
        json.writeEndObject();
        json.writeArrayFieldStart("security_groups");
        for (SuggestedGroup group : suggestion.groups()) {
            write(group, json);
        }
        json.writeEndArray();
        json.writeStringField("fragment", fragment);
        json.writeEndObject();
    }

    private static void write(SuggestedGroup group, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", group.id());
        json.writeStringField("beside", group.beside().orElse(null));
        JsonOutput.strings("instances", group.instances(), json);
        JsonOutput.strings("clusters", group.clusters(), json);
        json.writeArrayFieldStart("rules");
        for (SuggestedRule rule : group.rules()) {
            json.writeStartObject();
            terms(rule.direction(), rule.service(), rule.peers(), json);
            evidence(rule.evidence(), json);
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    /** What a rule allows. */
    static void terms(Direction direction, ServiceRange service, List<Peer> peers, JsonGenerator json)
            throws IOException {
        json.writeStringField("direction", direction.word());
        json.writeStringField("protocol", service.protocol().toString());
        json.writeStringField(
                "ports", service.protocol().hasPorts() ? service.ports().toString() : null);
        number("icmp_type", service.icmp().type(), json);
        number("icmp_code", service.icmp().code(), json);
        strings("peers", peers, json);
    }

    private static void number(String field, int value, JsonGenerator json) throws IOException {
        json.writeObjectField(field, value == IcmpMatch.ANY_VALUE ? null : value);
    }

    /** What a proposal rests on. */
    static void evidence(Evidence evidence, JsonGenerator json) throws IOException {
        json.writeNumberField("count", evidence.seen().count());
        json.writeStringField("first", time(evidence.seen().first()));
        json.writeStringField("last", time(evidence.seen().last()));
        json.writeNumberField("addresses", evidence.peers());
        JsonOutput.strings(
                "most", evidence.most().stream().map(IpAddress::toString).toList(), json);
        JsonOutput.strings("judged_for", evidence.instances(), json);
    }

    private static @Nullable String time(long millis) {
        return millis == Sightings.UNTOLD ? null : EvidenceText.time(millis);
    }

    private static void strings(String field, List<?> values, JsonGenerator json) throws IOException {
        JsonOutput.strings(field, values.stream().map(Object::toString).toList(), json);
    }
}
