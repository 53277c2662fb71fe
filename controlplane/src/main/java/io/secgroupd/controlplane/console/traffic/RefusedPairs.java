package io.secgroupd.controlplane.console.traffic;

import com.fasterxml.jackson.core.JsonGenerator;
import io.secgroupd.controlplane.console.traffic.RawFlow.LineField;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;

/**
 * Counts what was refused between two nodes of the map. Of too many pairs, as somebody makes who tries every port, those are
 * forgotten that have not been met for longest. Safe for use by several threads.
 */
final class RefusedPairs {

    static final int MOST = 4_096;

    private static final String EGRESS = "egress";

    private final Supplier<PolicyNodes> nodes;
    private final Map<NodePair, Attempts> attempts = new LinkedHashMap<>(16, 0.75f, true);

    private record NodePair(String from, String to, String service) {}

    private record Attempts(long count, long last) {

        Attempts and(Attempts later) {
            return new Attempts(count + later.count, later.last);
        }
    }

    /** @param nodes of the policy in force */
    RefusedPairs(Supplier<PolicyNodes> nodes) {
        this.nodes = nodes;
    }

    /** Counts a line that tells of a refusal. An instance of several groups as the far end counts at each of them. */
    void add(RawFlow line, long count, long millis) {
        PolicyNodes known = nodes.get();
        boolean leaves = line.text(LineField.DIRECTION).equals(Optional.of(EGRESS));
        List<String> far = known.at(line.text(leaves ? LineField.DST : LineField.SRC));
        String near = known.groupOf(line.text(LineField.INSTANCE))
                .orElseGet(() -> known.at(line.text(leaves ? LineField.SRC : LineField.DST))
                        .get(0));
        String service = service(line);
        synchronized (this) {
            for (String end : far) {
                NodePair pair = leaves ? new NodePair(near, end, service) : new NodePair(end, near, service);
                attempts.merge(pair, new Attempts(count, millis), Attempts::and);
            }
            while (attempts.size() > MOST) {
                attempts.remove(attempts.keySet().iterator().next());
            }
        }
    }

    private static String service(RawFlow line) {
        String protocol = line.text(LineField.PROTOCOL).orElse("unknown");
        OptionalLong port = line.number(LineField.DPORT);
        OptionalLong type = line.number(LineField.ICMP_TYPE);
        if (port.isPresent()) {
            return protocol + " " + port.getAsLong();
        }
        return type.isPresent() ? protocol + " type " + type.getAsLong() : protocol;
    }

    synchronized void write(JsonGenerator json) throws IOException {
        json.writeStartArray();
        for (Map.Entry<NodePair, Attempts> entry : attempts.entrySet()) {
            json.writeStartObject();
            json.writeStringField("from", entry.getKey().from());
            json.writeStringField("to", entry.getKey().to());
            json.writeStringField("service", entry.getKey().service());
            json.writeNumberField("count", entry.getValue().count());
            json.writeNumberField("last", entry.getValue().last());
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
