package io.secgroupd.controlplane.console.traffic;

import com.fasterxml.jackson.core.JsonGenerator;
import io.secgroupd.controlplane.console.api.ApiCall;
import io.secgroupd.controlplane.console.api.ApiHandler;
import io.secgroupd.controlplane.console.api.ApiReply;
import io.secgroupd.controlplane.console.api.BadCallException;
import io.secgroupd.controlplane.console.api.JsonObject;
import io.secgroupd.controlplane.console.host.ConsoleHost;
import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;

/** {@code GET use}: how often each rule that was used has been used on this host, and what was refused since a page looks. */
final class UseView implements ApiHandler {

    private final ConsoleHost host;
    private final NodesInForce nodes;
    private final RefusedPairs refused;
    private final Runnable wake;

    /** @param wake has the flow log followed */
    UseView(ConsoleHost host, NodesInForce nodes, RefusedPairs refused, Runnable wake) {
        this.host = host;
        this.nodes = nodes;
        this.refused = refused;
        this.wake = wake;
    }

    @Override
    public ApiReply answer(ApiCall call) throws IOException {
        nodes.refresh();
        wake.run();
        Optional<byte[]> told = host.rules();
        List<JsonObject> rules = told.isPresent() ? parsed(told.get()) : List.of();
        return ApiReply.of(json -> {
            json.writeBooleanField("daemon", told.isPresent());
            json.writeNumberField("since", since(rules));
            json.writeArrayFieldStart("rules");
            for (JsonObject rule : rules) {
                write(rule, json);
            }
            json.writeEndArray();
            json.writeFieldName("refused");
            refused.write(json);
        });
    }

    private static List<JsonObject> parsed(byte[] told) throws IOException {
        try {
            return JsonObject.parse(told).objects("rules");
        } catch (BadCallException e) {
            throw new IOException("The daemon of this host does not say how its rules are used: " + e.sentence(), e);
        }
    }

    private static long since(List<JsonObject> rules) {
        return rules.stream()
                .flatMap(rule -> millis(rule, "since").stream())
                .mapToLong(Long::longValue)
                .min()
                .orElse(0);
    }

    private static void write(JsonObject rule, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("group", rule.text("group"));
        json.writeStringField("rule", rule.text("rule"));
        json.writeStringField("direction", direction(rule.text("terms")));
        json.writeNumberField("hits", rule.number("hits").orElse(0));
        for (String time : List.of("first", "last")) {
            Optional<Long> millis = millis(rule, time);
            if (millis.isPresent()) {
                json.writeNumberField(time, millis.get());
            }
        }
        json.writeEndObject();
    }

    /** Terms in words name the service, which has neither word, and then where it comes from or goes to. */
    private static String direction(String terms) {
        int from = terms.indexOf(" from ");
        int to = terms.indexOf(" to ");
        return to >= 0 && (from < 0 || to < from) ? "egress" : "ingress";
    }

    private static Optional<Long> millis(JsonObject rule, String name) {
        try {
            return rule.optionalText(name).map(text -> Instant.parse(text).toEpochMilli());
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
