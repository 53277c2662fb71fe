package io.secgroupd.controlplane.console.view;

import com.fasterxml.jackson.core.JsonGenerator;
import io.secgroupd.rules.analyze.Explanation;
import io.secgroupd.rules.decide.Decision;
import io.secgroupd.rules.decide.InstanceFilter;
import io.secgroupd.rules.net.AddressRange;
import io.secgroupd.rules.net.Direction;
import io.secgroupd.rules.net.Family;
import io.secgroupd.rules.net.FlowTuple;
import io.secgroupd.rules.net.IpAddress;
import io.secgroupd.rules.net.Protocol;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The change that would allow a flow which is refused: a rule in the first group of each instance that refuses it. It names the
 * other end by its first group, as people do, and by its address where it has none.
 */
final class Remedy {

    private final List<NewRule> rules = new ArrayList<>();
    private final List<String> sentences = new ArrayList<>();

    private record NewRule(String group, Direction direction, String peer) {}

    private final FlowTuple flow;

    Remedy(Explanation explanation) {
        this.flow = explanation.flow();
        add(explanation, Direction.EGRESS, explanation.from(), explanation.to(), flow.destination());
        add(explanation, Direction.INGRESS, explanation.to(), explanation.from(), flow.source());
    }

    private void add(
            Explanation explanation,
            Direction direction,
            Optional<InstanceFilter> own,
            Optional<InstanceFilter> other,
            IpAddress otherAddress) {
        boolean refused =
                explanation.half(direction).filter(half -> !half.accepted()).isPresent();
        if (!refused) {
            return;
        }
        String instance = explanation.half(direction).map(Decision::instance).orElse("");
        Optional<String> group = own.flatMap(Remedy::firstGroup);
        if (group.isEmpty()) {
            sentences.add("Associate a security group with " + instance + ": it has none, so nothing may "
                    + (direction == Direction.INGRESS ? "come in" : "go out") + ".");
            return;
        }
        String peer = other.flatMap(Remedy::firstGroup)
                .orElseGet(() -> AddressRange.of(otherAddress).toString());
        rules.add(new NewRule(group.get(), direction, peer));
        sentences.add("Allow " + service() + (direction == Direction.INGRESS ? " from " : " to ") + peer + " in the "
                + direction.rulesKey() + " rules of " + group.get() + ".");
    }

    private static Optional<String> firstGroup(InstanceFilter instance) {
        return instance.securityGroups().stream().findFirst();
    }

    private Protocol protocol() {
        return new Protocol(flow.protocol());
    }

    /** Whether the flow has an ICMP message: the number is another protocol in the other family. */
    private boolean isIcmp() {
        return protocol().hasIcmpTypes() && protocol().existsIn(flow.family());
    }

    private String service() {
        if (isIcmp()) {
            return protocol() + " type " + flow.icmpType() + " code " + flow.icmpCode();
        }
        return protocol() + (protocol().hasPorts() ? " " + flow.destinationPort() : "");
    }

    void write(JsonGenerator json) throws IOException {
        // A rule for icmp is for IPv4 alone and one for icmpv6 for IPv6: no rule but that of all protocols can help
        // else.
        boolean possible = !protocol().hasIcmpTypes() || isIcmp();
        if (!rules.isEmpty() && possible) {
            json.writeArrayFieldStart("remedy");
            for (NewRule rule : rules) {
                write(rule, json);
            }
            json.writeEndArray();
        }
        json.writeStringField("remedy_text", possible ? String.join(" ", sentences) : unusual());
    }

    private String unusual() {
        String family = flow.family() == Family.IPV4 ? "IPv4" : "IPv6";
        return sentences.isEmpty() ? "" : protocol() + " is not a protocol of " + family + ".";
    }

    private void write(NewRule rule, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("do", "add_rule");
        json.writeStringField("group", rule.group());
        json.writeStringField("direction", rule.direction().word());
        json.writeStringField("protocol", protocol().toString());
        json.writeStringField("ports", protocol().hasPorts() ? Integer.toString(flow.destinationPort()) : "");
        if (isIcmp()) {
            json.writeNumberField("icmp_type", flow.icmpType());
            json.writeNumberField("icmp_code", flow.icmpCode());
        }
        json.writeStringField("peer", rule.peer());
        json.writeStringField("description", "");
        json.writeEndObject();
    }
}
