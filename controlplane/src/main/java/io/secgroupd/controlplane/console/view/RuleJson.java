package io.secgroupd.controlplane.console.view;

import com.fasterxml.jackson.core.JsonGenerator;
import io.secgroupd.rules.analyze.Coverage;
import io.secgroupd.rules.model.Peer;
import io.secgroupd.rules.model.Rule;
import io.secgroupd.rules.net.Direction;
import io.secgroupd.rules.net.IcmpMatch;
import io.secgroupd.rules.net.PortRange;
import io.secgroupd.rules.net.Protocol;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Rules as objects of JSON: one for each service and peer, whose id names it to changes. */
public final class RuleJson {

    private final Coverage coverage;
    private final FilePlaces places;

    RuleJson(Coverage coverage, FilePlaces places) {
        this.coverage = coverage;
        this.places = places;
    }

    void write(String field, List<Rule> rules, JsonGenerator json) throws IOException {
        json.writeArrayFieldStart(field);
        for (int i = 0; i < rules.size(); i++) {
            json.writeStartObject();
            write(rules.get(i), json);
            Optional<Rule> covering = coverage.covering(rules, i);
            if (covering.isPresent()) {
                json.writeStringField("shadowed_by", covering.get().id());
            }
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void write(Rule rule, JsonGenerator json) throws IOException {
        json.writeStringField("id", rule.id());
        json.writeStringField("protocol", protocol(rule.protocol()));
        json.writeStringField("ports", ports(rule));
        icmp(rule.icmp(), json);
        json.writeObjectFieldStart("peer");
        json.writeStringField("kind", kind(rule.peer()));
        json.writeStringField("value", rule.peer().toString());
        json.writeEndObject();
        json.writeStringField("terms", rule.terms());
        json.writeStringField("description", rule.description());
        if (rule.expires().isPresent()) {
            json.writeStringField("expires", rule.expires().get().toString());
        }
        json.writeStringField("at", places.line(rule.at()));
    }

    /** {@code tcp}, {@code any} for every protocol, or a number. */
    public static String protocol(Protocol protocol) {
        return protocol.equals(Protocol.ALL) ? "any" : protocol.toString();
    }

    /** {@code 3306}, {@code 80-90}, or nothing where every port is meant or the protocol has none. */
    private static String ports(Rule rule) {
        return rule.ports().equals(PortRange.ALL) ? "" : rule.ports().toString();
    }

    private static void icmp(IcmpMatch icmp, JsonGenerator json) throws IOException {
        if (icmp.type() != IcmpMatch.ANY_VALUE) {
            json.writeNumberField("icmp_type", icmp.type());
        }
        if (icmp.code() != IcmpMatch.ANY_VALUE) {
            json.writeNumberField("icmp_code", icmp.code());
        }
    }

    /** {@code group}, {@code list}, {@code prefix} or {@code any}. */
    public static String kind(Peer peer) {
        return peer instanceof Peer.Group
                ? "group"
                : peer instanceof Peer.List ? "list" : peer instanceof Peer.Any ? "any" : "prefix";
    }

    /** Whether a rule stands nowhere: it is the one that a group without the key {@code outbound} has. */
    public static boolean isImplied(Rule rule) {
        return rule.direction() == Direction.EGRESS && !rule.path().endsWith("]");
    }
}
