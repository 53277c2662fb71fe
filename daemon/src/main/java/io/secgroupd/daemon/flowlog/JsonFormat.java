package io.secgroupd.daemon.flowlog;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.secgroupd.rules.decide.Decision;
import io.secgroupd.rules.decide.MatchedRule;
import io.secgroupd.rules.decide.Reason;
import io.secgroupd.rules.net.Protocol;
import java.nio.charset.StandardCharsets;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * JSON lines. Every record has the same fields in the same order; a field that a packet does not have is null.
 */
final class JsonFormat implements LineFormat {

    private static final byte[] TIME = text("{\"time\":\"");
    private static final byte[] SEQUENCE = text("\",\"seq\":");
    private static final byte[] SOURCE = text("\",\"src\":\"");
    private static final byte[] SOURCE_PORT = text("\",\"sport\":");
    private static final byte[] DESTINATION = text(",\"dst\":\"");
    private static final byte[] DESTINATION_PORT = text("\",\"dport\":");
    private static final byte[] ICMP_TYPE = text(",\"icmp_type\":");
    private static final byte[] ICMP_CODE = text(",\"icmp_code\":");
    private static final byte[] TCP_FLAGS = text(",\"tcp_flags\":");
    /** The readable part of an undecodable packet is untrustworthy. */
    private static final byte[] NO_ENDS = text("null,\"src\":null,\"sport\":null,\"dst\":null,\"dport\":null,"
            + "\"icmp_type\":null,\"icmp_code\":null,\"tcp_flags\":null");

    private static final byte[] IN = text(",\"in\":");
    private static final byte[] GENERATION = text(",\"generation\":");
    private static final byte[] PACKETS = text(",\"packets\":");
    private static final byte[] FIRST = text(",\"first\":\"");
    private static final byte[] LAST = text("\",\"last\":\"");
    private static final byte[] OBSERVED = text(",\"observed\":true");
    private static final byte[] REPEAT = text(",\"repeat\":true");
    private static final byte[] UNIT = text(",\"unit\":");
    private static final byte[] LOST = text(",\"skipdata\":true,\"lost\":");
    private static final byte[] NULL = text("null");
    private static final byte[] NOTHING = {};

    private final byte[] origin;
    private final IntFunction<String> interfaceName;
    private final DecisionTexts decisions = new DecisionTexts(JsonFormat::verdict);
    private final DecisionTexts candidates = new DecisionTexts(JsonFormat::candidate);
    private final UnitTexts units = new UnitTexts(JsonFormat::quoted);
    private final Rfc3339 time = new Rfc3339();
    private final LineTail tail = new LineTail();
    private int lastIndex;
    private long lastMillis;
    private String lastInterface = "";
    private byte[] lastInterfaceText = quoted("");

    /**
     * @param start         the name of this start of the daemon; {@code seq} begins at 1 with each start
     * @param interfaceName the function from an interface's index to its name
     */
    JsonFormat(String start, String host, IntFunction<String> interfaceName) {
        this.origin = text(",\"start\":" + json(start) + ",\"host\":" + json(host));
        this.interfaceName = interfaceName;
    }

    @Override
    public void decision(long sequence, long epochMillis, FlowRecord record, LineBuffer out) {
        begin(sequence, epochMillis, out);
        out.put(decisions.of(record.decision()));
        if (record.decision().reason() == Reason.UNDECODABLE) {
            out.put(NO_ENDS);
            circumstances(record, out);
            return;
        }
        source(record, out);
        if (!tail.put(record, out)) {
            int begin = out.size();
            destination(record, out);
            circumstances(record, out);
            tail.keep(record, out, begin);
        }
    }

    private static void source(FlowRecord record, LineBuffer out) {
        out.put('"').put(ProtocolTexts.of(record.protocol()));
        out.put(SOURCE).putAddress(record.family(), record.sourceHigh(), record.sourceLow());
        number(SOURCE_PORT, record.sourcePort(), new Protocol(record.protocol()).hasPorts(), out);
    }

    private static void destination(FlowRecord record, LineBuffer out) {
        var protocol = new Protocol(record.protocol());
        boolean icmp = protocol.hasIcmpTypes() && protocol.existsIn(record.family());
        out.put(DESTINATION).putAddress(record.family(), record.destinationHigh(), record.destinationLow());
        number(DESTINATION_PORT, record.destinationPort(), protocol.hasPorts(), out);
        number(ICMP_TYPE, record.icmpType(), icmp, out);
        number(ICMP_CODE, record.icmpCode(), icmp, out);
        number(TCP_FLAGS, record.tcpFlags(), protocol.equals(Protocol.TCP), out);
    }

    /** Whatever a line has behind the two ends. */
    private void circumstances(FlowRecord record, LineBuffer out) {
        out.put(IN).put(interfaceText(record.interfaceIndex(), record.lastMillis()));
        out.put(GENERATION).put(record.generation());
        out.put(PACKETS).put(record.packets());
        out.put(FIRST).put(time.format(record.firstMillis()));
        out.put(LAST).put(time.format(record.lastMillis()));
        out.put('"').put(record.observed() ? OBSERVED : NOTHING).put(record.repeat() ? REPEAT : NOTHING);
        String unit = record.unit();
        if (unit != null) {
            out.put(UNIT).put(units.of(unit));
        }
        Decision candidate = record.candidate();
        out.put(candidate == null ? NOTHING : candidates.of(candidate));
        out.put('}').put('\n');
    }

    @Override
    public void skipped(long sequence, long epochMillis, long lost, LineBuffer out) {
        begin(sequence, epochMillis, out);
        out.put(LOST).put(lost).put('}').put('\n');
    }

    private void begin(long sequence, long epochMillis, LineBuffer out) {
        out.put(TIME).put(time.format(epochMillis)).put(SEQUENCE).put(sequence).put(origin);
    }

    /** The part of the line from the verdict up to the name of the protocol. */
    private static byte[] verdict(Decision decision) {
        MatchedRule rule = decision.rule();
        return text(",\"verdict\":" + json(decision.verdict().name())
                + ",\"reason\":" + json(decision.reason().word())
                + ",\"direction\":" + json(decision.direction().word())
                + ",\"instance\":" + json(decision.instance().isEmpty() ? null : decision.instance())
                + ",\"group\":" + json(rule == null ? null : rule.group())
                + ",\"rule\":" + json(rule == null ? null : rule.id())
                + ",\"protocol\":");
    }

    /** What a candidate would have decided. */
    private static byte[] candidate(Decision decision) {
        MatchedRule rule = decision.rule();
        return text(",\"candidate\":{\"verdict\":" + json(decision.verdict().name())
                + ",\"reason\":" + json(decision.reason().word())
                + ",\"group\":" + json(rule == null ? null : rule.group())
                + ",\"rule\":" + json(rule == null ? null : rule.id())
                + (decision.observed() ? ",\"observed\":true" : "")
                + '}');
    }

    private static void number(byte[] field, int value, boolean has, LineBuffer out) {
        out.put(field);
        if (has) {
            out.put(value);
        } else {
            out.put(NULL);
        }
    }

    /** Asks for the name once a millisecond, since an interface may be renamed. */
    private byte[] interfaceText(int index, long epochMillis) {
        if (index == 0) {
            return NULL;
        }
        if (index != lastIndex || epochMillis != lastMillis) {
            lastIndex = index;
            lastMillis = epochMillis;
            keepInterface(interfaceName.apply(index));
        }
        return lastInterfaceText;
    }

    private void keepInterface(String name) {
        if (!name.equals(lastInterface)) {
            lastInterface = name;
            lastInterfaceText = quoted(name);
        }
    }

    private static byte[] quoted(String value) {
        return text(json(value));
    }

    private static String json(@Nullable String value) {
        return value == null
                ? "null"
                : '"' + new String(JsonStringEncoder.getInstance().quoteAsString(value)) + '"';
    }

    private static byte[] text(String value) {
        return value.getBytes(StandardCharsets.UTF_8);
    }

    /** The name of each protocol, as rules write it. */
    static final class ProtocolTexts {

        private static final byte[][] TEXTS = IntStream.rangeClosed(0, 255)
                .mapToObj(number -> new Protocol(number).toString().getBytes(StandardCharsets.US_ASCII))
                .toArray(byte[][]::new);

        private ProtocolTexts() {}

        static byte[] of(int protocol) {
            return TEXTS[protocol];
        }
    }
}
