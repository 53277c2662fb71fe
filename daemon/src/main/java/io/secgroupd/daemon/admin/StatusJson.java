package io.secgroupd.daemon.admin;

import com.fasterxml.jackson.core.JsonGenerator;
import io.secgroupd.daemon.admin.DaemonStatus.DecisionCount;
import io.secgroupd.daemon.admin.DaemonStatus.DropCount;
import io.secgroupd.daemon.admin.DaemonStatus.InstanceStatus;
import io.secgroupd.daemon.admin.DaemonStatus.KernelCount;
import io.secgroupd.daemon.admin.DaemonStatus.LogEntry;
import io.secgroupd.daemon.admin.DaemonStatus.PolicyStatus;
import io.secgroupd.daemon.admin.DaemonStatus.QueueStatus;
import io.secgroupd.daemon.admin.HoldOutcome.HeldCandidate;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The answers as JSON. Times are in RFC 3339, durations in seconds. */
final class StatusJson {

    private static final double NANOS = 1e9;

    private StatusJson() {}

    static void write(DaemonStatus status, JsonGenerator json) throws IOException {
        json.writeStringField("version", status.version());
        json.writeStringField("mode", status.mode());
        json.writeStringField("started", status.started().toString());
        json.writeStringField("at", status.at().toString());
        policy(status.policy(), json);
        lastProblem(status.lastProblem(), json);
        instances(status.policy().instances(), json);
        decisions(status.decisions(), json);
        queues(status.queues(), json);
        dropped(status.dropped(), json);
        latency(status, json);
        json.writeObjectFieldStart("hooks");
        json.writeStringField("backend", status.hooks());
        json.writeNumberField("restored", status.hooksRestored());
        kernel(status.kernel(), json);
        json.writeEndObject();
        json.writeObjectFieldStart("flow_log");
        json.writeNumberField("lost", status.flowLogLost());
        json.writeEndObject();
    }

    private static void kernel(List<KernelCount> counts, JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("packets");
        for (KernelCount count : counts) {
            json.writeStartObject();
            json.writeStringField("hook", count.hook());
            json.writeStringField("step", count.step());
            json.writeNumberField("packets", count.packets());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void policy(PolicyStatus policy, JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("policy");
        json.writeStringField("file", policy.file());
        json.writeNumberField("generation", policy.generation());
        json.writeStringField("hash", policy.hash());
        json.writeStringField("since", policy.since().toString());
        json.writeStringField("change", policy.change());
        json.writeNumberField("reload_failures", policy.failures());
        if (policy.trial().isPresent()) {
            json.writeObjectFieldStart("trial");
            json.writeStringField("candidate", policy.trial().get().candidate());
            json.writeStringField("hash", policy.trial().get().hash());
            json.writeStringField("by", policy.trial().get().by());
            json.writeStringField("until", policy.trial().get().until().toString());
            json.writeEndObject();
        } else {
            json.writeNullField("trial");
        }
        if (policy.refusal().isPresent()) {
            var refusal = policy.refusal().get();
            json.writeObjectFieldStart("refused");
            json.writeStringField("since", refusal.since().toString());
            json.writeStringField("why", refusal.why());
            strings("problems", refusal.problems(), json);
            json.writeEndObject();
        } else {
            json.writeNullField("refused");
        }
        json.writeEndObject();
    }

    private static void lastProblem(Optional<LogEntry> last, JsonGenerator json) throws IOException {
        if (last.isPresent()) {
            json.writeObjectFieldStart("last_problem");
            json.writeStringField("at", last.get().at().toString());
            json.writeStringField("text", last.get().text());
            json.writeEndObject();
        } else {
            json.writeNullField("last_problem");
        }
    }

    private static void instances(List<InstanceStatus> instances, JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("instances");
        for (InstanceStatus instance : instances) {
            json.writeStartObject();
            json.writeStringField("name", instance.name());
            strings("addresses", instance.addresses(), json);
            strings("security_groups", instance.groups(), json);
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void decisions(List<DecisionCount> decisions, JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("decisions");
        for (DecisionCount count : decisions) {
            if (count.packets() > 0) {
                json.writeStartObject();
                json.writeStringField("direction", count.direction().word());
                json.writeStringField("verdict", count.verdict().name());
                json.writeStringField("reason", count.reason().word());
                json.writeNumberField("packets", count.packets());
                json.writeEndObject();
            }
        }
        json.writeEndArray();
    }

    private static void queues(List<QueueStatus> queues, JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("queues");
        for (QueueStatus queue : queues) {
            json.writeStartObject();
            json.writeNumberField("number", queue.number());
            number("depth", queue.depth(), json);
            json.writeNumberField("length", queue.length());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void dropped(List<DropCount> dropped, JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("dropped");
        for (DropCount drop : dropped) {
            number(drop.cause(), drop.packets(), json);
        }
        json.writeEndObject();
    }

    /** Null means unknown. */
    private static void number(String field, OptionalLong number, JsonGenerator json) throws IOException {
        if (number.isPresent()) {
            json.writeNumberField(field, number.getAsLong());
        } else {
            json.writeNullField(field);
        }
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
        json.writeArrayFieldStart("rules");
        for (RuleUse rule : rules) {
            json.writeStartObject();
            json.writeStringField("group", rule.group());
            json.writeStringField("rule", rule.rule());
            json.writeStringField("at", rule.at());
            json.writeStringField("terms", rule.terms());
            json.writeStringField("since", rule.since().toString());
            json.writeNumberField("hits", rule.hits());
            time("first", rule.first(), json);
            time("last", rule.last(), json);
            json.writeEndObject();
        }
        json.writeEndArray();
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

    private static void time(String field, Optional<Instant> time, JsonGenerator json) throws IOException {
        if (time.isPresent()) {
            json.writeStringField(field, time.get().toString());
        } else {
            json.writeNullField(field);
        }
    }

    private static void strings(String field, List<String> values, JsonGenerator json) throws IOException {
        json.writeArrayFieldStart(field);
        for (String value : values) {
            json.writeString(value);
        }
        json.writeEndArray();
    }
}
