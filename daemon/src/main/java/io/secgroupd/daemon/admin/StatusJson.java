package io.secgroupd.daemon.admin;

import com.fasterxml.jackson.core.JsonGenerator;
import io.secgroupd.daemon.admin.DaemonStatus.DecisionCount;
import io.secgroupd.daemon.admin.DaemonStatus.DropCount;
import io.secgroupd.daemon.admin.DaemonStatus.PolicyStatus;
import io.secgroupd.daemon.admin.HoldOutcome.HeldCandidate;
import io.secgroupd.daemon.refused.CacheStatus;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The answers as JSON. Times are in RFC 3339, durations in seconds. */
final class StatusJson {

    private static final double NANOS = 1e9;

    /** So many differences of the candidate are part of the status, the most frequent ones; GET /shadow has all. */
    private static final int DIFFERENCES = 10;

    private StatusJson() {}

    static void write(DaemonStatus status, JsonGenerator json) throws IOException {
        json.writeStringField("version", status.version());
        json.writeStringField("mode", status.mode());
        json.writeStringField("started", status.started().toString());
        json.writeStringField("start", status.start());
        json.writeStringField("at", status.at().toString());
        policy(status.policy(), json);
        object("last_problem", status.lastProblem(), json, last -> {
            json.writeStringField("at", last.at().toString());
            json.writeStringField("text", last.text());
        });
        objects("instances", status.policy().instances(), json, instance -> {
            json.writeStringField("name", instance.name());
            json.writeStringField("mode", instance.mode());
            strings("addresses", instance.addresses(), json);
            strings("security_groups", instance.groups(), json);
        });
        decisions(status.decisions(), json);
        objects("queues", status.queues(), json, queue -> {
            json.writeNumberField("number", queue.number());
            number("depth", queue.depth(), json);
            json.writeNumberField("length", queue.length());
        });
        json.writeObjectFieldStart("dropped");
        for (DropCount drop : status.dropped()) {
            number(drop.cause(), drop.packets(), json);
        }
        json.writeEndObject();
        latency(status, json);
        json.writeObjectFieldStart("hooks");
        json.writeStringField("backend", status.hooks());
        json.writeNumberField("restored", status.hooksRestored());
        objects("packets", status.kernel(), json, count -> {
            json.writeStringField("hook", count.hook());
            json.writeStringField("step", count.step());
            json.writeNumberField("packets", count.packets());
        });
        json.writeEndObject();
        json.writeObjectFieldStart("flow_log");
        json.writeNumberField("lost", status.flowLogLost());
        json.writeEndObject();
        object("answers", status.answers(), json, answers -> {
            json.writeNumberField("reset", answers.resets());
            json.writeNumberField("prohibited", answers.prohibited());
            json.writeNumberField("limited", answers.limited());
        });
        cache(status.cache(), json);
        ShadowJson.write(status.shadow(), DIFFERENCES, json);
    }

    private static void policy(PolicyStatus policy, JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("policy");
        json.writeStringField("file", policy.file());
        json.writeNumberField("generation", policy.generation());
        json.writeStringField("hash", policy.hash());
        json.writeStringField("since", policy.since().toString());
        json.writeStringField("change", policy.change());
        json.writeNumberField("reload_failures", policy.failures());
        object("trial", policy.trial(), json, trial -> {
            json.writeStringField("candidate", trial.candidate());
            json.writeStringField("hash", trial.hash());
            json.writeStringField("by", trial.by());
            json.writeStringField("until", trial.until().toString());
            json.writeStringField("before", trial.before());
            json.writeBooleanField("fleet", trial.fleet());
        });
        object("next_end", policy.nextEnd(), json, end -> {
            json.writeStringField("group", end.group());
            json.writeStringField("rule", end.rule());
            json.writeStringField("at", end.at());
            json.writeStringField("terms", end.terms());
            json.writeStringField("expires", end.expires().toString());
        });
        object("refused", policy.refusal(), json, refusal -> {
            json.writeStringField("since", refusal.since().toString());
            json.writeStringField("why", refusal.why());
            strings("problems", refusal.problems(), json);
        });
        json.writeEndObject();
    }

    private static void cache(CacheStatus cache, JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("cache");
        json.writeBooleanField("on", cache.why().isEmpty());
        json.writeStringField("why_off", cache.why());
        json.writeNumberField("keys", cache.keys());
        json.writeNumberField("packets", cache.packets());
        json.writeEndObject();
    }

    private static void decisions(List<DecisionCount> decisions, JsonGenerator json) throws IOException {
        List<DecisionCount> made =
                decisions.stream().filter(count -> count.packets() > 0).toList();
        objects("decisions", made, json, count -> {
            json.writeStringField("direction", count.direction().word());
            json.writeStringField("verdict", count.verdict().name());
            json.writeStringField("reason", count.reason().word());
            json.writeNumberField("packets", count.packets());
            json.writeNumberField("observed", count.observed());
        });
    }

    /** Null means unknown. */
    private static void number(String field, OptionalLong number, JsonGenerator json) throws IOException {
        json.writeObjectField(field, number.isPresent() ? number.getAsLong() : null);
    }

    private static void latency(DaemonStatus status, JsonGenerator json) throws IOException {
        var nanos = status.latency().nanos();
        json.writeObjectFieldStart("latency");
        json.writeNumberField("packets", nanos.getTotalCount());
        json.writeNumberField("p50", nanos.getValueAtPercentile(50) / NANOS);
        json.writeNumberField("p99", nanos.getValueAtPercentile(99) / NANOS);
        json.writeNumberField("p999", nanos.getValueAtPercentile(99.9) / NANOS);
        json.writeNumberField("max", nanos.getMaxValue() / NANOS);
        json.writeEndObject();
    }

    static void write(List<RuleUse> rules, JsonGenerator json) throws IOException {
        objects("rules", rules, json, rule -> {
            json.writeStringField("group", rule.group());
            json.writeStringField("rule", rule.rule());
            json.writeStringField("at", rule.at());
            json.writeStringField("terms", rule.terms());
            json.writeStringField("since", rule.since().toString());
            json.writeNumberField("hits", rule.hits());
            json.writeStringField("first", rule.first().map(Instant::toString).orElse(null));
            json.writeStringField("last", rule.last().map(Instant::toString).orElse(null));
        });
    }

    static void write(HeldCandidate held, JsonGenerator json) throws IOException {
        json.writeStringField("hash", held.hash());
        json.writeStringField("rules", held.rules());
        json.writeStringField("expected", held.expected());
        json.writeStringField("by", held.by());
        json.writeStringField("content", held.content());
    }

    static void write(ReloadOutcome outcome, JsonGenerator json) throws IOException {
        json.writeBooleanField("in_force", outcome.inForce());
        json.writeNumberField("generation", outcome.generation());
        json.writeStringField("hash", outcome.hash());
        json.writeStringField("message", outcome.sentence());
        strings("problems", outcome.problems(), json);
    }

    /** Writes the fields of one value. */
    @FunctionalInterface
    private interface StatusFields<T> {
        void of(T value) throws IOException;
    }

    private static <T> void objects(String field, List<T> values, JsonGenerator json, StatusFields<T> fields)
            throws IOException {
        json.writeArrayFieldStart(field);
        for (T value : values) {
            json.writeStartObject();
            fields.of(value);
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static <T> void object(String field, Optional<T> value, JsonGenerator json, StatusFields<T> fields)
            throws IOException {
        if (value.isEmpty()) {
            json.writeNullField(field);
            return;
        }
        json.writeObjectFieldStart(field);
        fields.of(value.get());
        json.writeEndObject();
    }

    private static void strings(String field, List<String> values, JsonGenerator json) throws IOException {
        json.writeArrayFieldStart(field);
        for (String value : values) {
            json.writeString(value);
        }
        json.writeEndArray();
    }
}
