package io.secgroupd.daemon.flowlog;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.secgroupd.rules.decide.Decision;
import io.secgroupd.rules.decide.MatchedRule;
import io.secgroupd.rules.decide.Reason;
import io.secgroupd.rules.net.Protocol;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * JSON lines. Every record has the same fields in the same order; what a packet does not have is null.
 */
final class JsonFormat implements LineFormat {

    private static final JsonFactory JSON = new JsonFactory();

    private final String start;
    private final String host;
    private final IntFunction<String> interfaceName;
    private final Rfc3339 time = new Rfc3339();

    /**
     * @param start         names this start of the daemon: {@code seq} begins at 1 with each
     * @param interfaceName the name of an interface by its index
     */
    JsonFormat(String start, String host, IntFunction<String> interfaceName) {
        this.start = start;
        this.host = host;
        this.interfaceName = interfaceName;
    }

    @Override
    public void decision(long sequence, long epochMillis, FlowRecord record, ByteArrayOutputStream out) {
        try (JsonGenerator json = JSON.createGenerator(out)) {
            begin(json, sequence, epochMillis);
            verdict(json, record);
            ends(json, record);
            json.writeNumberField("generation", record.generation());
            json.writeNumberField("packets", record.packets());
            json.writeStringField("first", time.format(record.firstMillis()));
            json.writeStringField("last", time.format(record.lastMillis()));
            if (record.observed()) {
                json.writeBooleanField("observed", true);
            }
            json.writeEndObject();
            json.writeRaw('\n');
        } catch (IOException e) {
            throw new UncheckedIOException("bytes in memory cannot fail", e);
        }
    }

    @Override
    public void skipped(long sequence, long epochMillis, long lost, ByteArrayOutputStream out) {
        try (JsonGenerator json = JSON.createGenerator(out)) {
            begin(json, sequence, epochMillis);
            json.writeBooleanField("skipdata", true);
            json.writeNumberField("lost", lost);
            json.writeEndObject();
            json.writeRaw('\n');
        } catch (IOException e) {
            throw new UncheckedIOException("bytes in memory cannot fail", e);
        }
    }

    private void begin(JsonGenerator json, long sequence, long epochMillis) throws IOException {
        json.writeStartObject();
        json.writeStringField("time", time.format(epochMillis));
        json.writeNumberField("seq", sequence);
        json.writeStringField("start", start);
        json.writeStringField("host", host);
    }

    private static void verdict(JsonGenerator json, FlowRecord record) throws IOException {
        Decision decision = record.decision();
        MatchedRule rule = decision.rule();
        json.writeStringField("verdict", decision.verdict().name());
        json.writeStringField("reason", decision.reason().word());
        json.writeStringField("direction", record.direction().word());
        text(json, "instance", decision.instance().isEmpty() ? null : decision.instance());
        text(json, "group", rule == null ? null : rule.group());
        text(json, "rule", rule == null ? null : rule.id());
    }

    private void ends(JsonGenerator json, FlowRecord record) throws IOException {
        if (record.decision().reason() == Reason.UNDECODABLE) {
            for (String field :
                    new String[] {"protocol", "src", "sport", "dst", "dport", "icmp_type", "icmp_code", "tcp_flags"}) {
                json.writeNullField(field); // whatever could be read of it is not to be trusted
            }
        } else {
            var protocol = new Protocol(record.protocol());
            boolean icmp =
                    protocol.hasIcmpTypes() && protocol.existsIn(record.source().family());
            json.writeStringField("protocol", protocol.toString());
            json.writeStringField("src", record.source().toString());
            number(json, "sport", record.sourcePort(), protocol.hasPorts());
            json.writeStringField("dst", record.destination().toString());
            number(json, "dport", record.destinationPort(), protocol.hasPorts());
            number(json, "icmp_type", record.icmpType(), icmp);
            number(json, "icmp_code", record.icmpCode(), icmp);
            number(json, "tcp_flags", record.tcpFlags(), protocol.equals(Protocol.TCP));
        }
        text(json, "in", record.interfaceIndex() == 0 ? null : interfaceName.apply(record.interfaceIndex()));
    }

    private static void text(JsonGenerator json, String field, @Nullable String value) throws IOException {
        if (value == null) {
            json.writeNullField(field);
        } else {
            json.writeStringField(field, value);
        }
    }

    private static void number(JsonGenerator json, String field, int value, boolean has) throws IOException {
        if (has) {
            json.writeNumberField(field, value);
        } else {
            json.writeNullField(field);
        }
    }
}
