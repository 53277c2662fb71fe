package io.secgroupd.controlplane.console.view;

import com.fasterxml.jackson.core.JsonGenerator;
import io.secgroupd.controlplane.console.api.ApiCall;
import io.secgroupd.controlplane.console.api.ApiHandler;
import io.secgroupd.controlplane.console.api.ApiReply;
import io.secgroupd.controlplane.console.api.BadCallException;
import io.secgroupd.controlplane.store.PolicyStore;
import io.secgroupd.rules.analyze.Explainer;
import io.secgroupd.rules.analyze.Explainer.Question;
import io.secgroupd.rules.analyze.Explanation;
import io.secgroupd.rules.analyze.UnknownEndpointException;
import io.secgroupd.rules.compile.CompiledPolicy;
import io.secgroupd.rules.decide.InstanceFilter;
import io.secgroupd.rules.model.Policy;
import io.secgroupd.rules.net.Direction;
import io.secgroupd.rules.net.FlowTuple;
import io.secgroupd.rules.net.Protocol;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;

/** Answers {@code POST why}: the verdict about a flow, both halves of it, and what would allow it. */
public final class WhyView implements ApiHandler {

    /** As many as {@code secgroupd explain} takes; each is judged. */
    private static final long MOST_PAIRS = 10_000;

    private final PolicyStore store;

    /** Answers by the policy of a store. */
    public WhyView(PolicyStore store) {
        this.store = store;
    }

    @Override
    public ApiReply answer(ApiCall call) throws IOException {
        AskedFlow asked = AskedFlow.of(call.body());
        ShownPolicy shown = ShownPolicy.of(store);
        Optional<Policy> policy = shown.policy();
        if (policy.isEmpty()) {
            return ShownPolicy.nothing();
        }
        Explanation explanation =
                explain(new Explainer(CompiledPolicy.of(policy.get().at(Instant.now()))), asked);
        return ApiReply.of(json -> write(explanation, shown.places(), json));
    }

    private static Explanation explain(Explainer explainer, AskedFlow asked) {
        Question question = question(explainer, asked);
        long pairs = explainer.count(question);
        if (pairs > MOST_PAIRS) {
            throw new BadCallException("\"" + asked.from() + "\" and \"" + asked.to() + "\" make " + pairs
                    + " pairs of addresses; name an instance of the cluster.");
        }
        return explainer
                .answer(question)
                .orElseThrow(() -> new BadCallException(
                        "\"" + asked.from() + "\" and \"" + asked.to() + "\" have no addresses of one family."));
    }

    private static Question question(Explainer explainer, AskedFlow asked) {
        try {
            return new Question(
                    explainer.endpoints().parse(asked.from()),
                    explainer.endpoints().parse(asked.to()),
                    asked.service());
        } catch (UnknownEndpointException e) {
            throw new BadCallException(e.getMessage() + ".");
        }
    }

    private static void write(Explanation explanation, FilePlaces places, JsonGenerator json) throws IOException {
        FlowTuple flow = explanation.flow();
        var protocol = new Protocol(flow.protocol());
        json.writeStringField("verdict", explanation.verdict().name());
        json.writeBooleanField("observed", explanation.observed());
        json.writeStringField("reason", explanation.judgement().reason().word());
        end("from", flow.source().toString(), explanation.from(), json);
        end("to", flow.destination().toString(), explanation.to(), json);
        json.writeStringField("protocol", protocol.toString());
        if (protocol.hasPorts()) {
            json.writeNumberField("port", flow.destinationPort());
        }
        if (protocol.hasIcmpTypes()) {
            json.writeNumberField("icmp_type", flow.icmpType());
            json.writeNumberField("icmp_code", flow.icmpCode());
        }
        HalfJson.write(explanation, Direction.EGRESS, places, json);
        HalfJson.write(explanation, Direction.INGRESS, places, json);
        new Remedy(explanation).write(json);
    }

    private static void end(String field, String address, Optional<InstanceFilter> instance, JsonGenerator json)
            throws IOException {
        json.writeStringField(field, address);
        if (instance.isPresent()) {
            json.writeStringField(field + "_instance", instance.get().name());
        }
    }
}
