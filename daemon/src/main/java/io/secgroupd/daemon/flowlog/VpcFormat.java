package io.secgroupd.daemon.flowlog;

import io.secgroupd.rules.decide.Decision;
import io.secgroupd.rules.decide.MatchedRule;
import io.secgroupd.rules.decide.Reason;
import io.secgroupd.rules.net.Protocol;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The default line of AWS VPC flow logs, version 2, so that programs that read AWS's logs can read these. The
 * account-id is the host, the interface-id the instance. The fields {@code group rule reason} follow, which AWS does
 * not have.
 */
final class VpcFormat implements LineFormat {

    private static final byte[] NONE = text("-");
    private static final byte[] SKIPDATA = text("SKIPDATA");
    /** Fields end at a blank, so a blank inside a name would move every later field. */
    private static final Pattern BREAKS_FIELDS = Pattern.compile("[\\s\\p{Cntrl}]");

    private final byte[] origin;
    private final DecisionTexts instances = new DecisionTexts(decision -> field(decision.instance()));
    private final DecisionTexts verdicts = new DecisionTexts(VpcFormat::verdict);

    VpcFormat(String host) {
        this.origin = text("2 " + clean(host));
    }

    @Override
    public void decision(long sequence, long epochMillis, FlowRecord record, LineBuffer out) {
        out.put(origin);
        field(instances.of(record.decision()), out);
        ends(record, out);
        field(record.packets(), out);
        bytes(record.bytes(), out);
        field(record.firstMillis() / 1000, out);
        field(record.lastMillis() / 1000, out);
        field(verdicts.of(record.decision()), out);
    }

    /** The part of the line from the action to the end. */
    private static byte[] verdict(Decision decision) {
        MatchedRule rule = decision.rule();
        return text(decision.verdict().name() + " OK " + clean(rule == null ? null : rule.group()) + ' '
                + clean(rule == null ? null : rule.id()) + ' '
                + decision.reason().word() + '\n');
    }

    /** AWS has no field for the number of decisions; {@code packets} holds it. */
    @Override
    public void skipped(long sequence, long epochMillis, long lost, LineBuffer out) {
        out.put(origin);
        none(6, out);
        field(lost, out);
        none(1, out);
        field(epochMillis / 1000, out);
        field(epochMillis / 1000, out);
        none(1, out);
        field(SKIPDATA, out);
        none(3, out);
        out.put('\n');
    }

    private static void ends(FlowRecord record, LineBuffer out) {
        if (record.decision().reason() == Reason.UNDECODABLE) {
            none(5, out); // the readable part is untrustworthy
            return;
        }
        boolean ports = new Protocol(record.protocol()).hasPorts();
        out.put(' ').putAddress(record.family(), record.sourceHigh(), record.sourceLow());
        out.put(' ').putAddress(record.family(), record.destinationHigh(), record.destinationLow());
        field(ports ? record.sourcePort() : 0, out); // AWS writes 0 for ICMP as well
        field(ports ? record.destinationPort() : 0, out);
        field(record.protocol(), out);
    }

    private static void bytes(long bytes, LineBuffer out) {
        if (bytes > 0) {
            field(bytes, out);
        } else {
            none(1, out);
        }
    }

    private static void none(int fields, LineBuffer out) {
        for (int i = 0; i < fields; i++) {
            field(NONE, out);
        }
    }

    private static void field(byte[] text, LineBuffer out) {
        out.put(' ').put(text);
    }

    private static void field(long number, LineBuffer out) {
        out.put(' ').put(number);
    }

    private static byte[] field(String text) {
        return text(clean(text));
    }

    private static String clean(@Nullable String text) {
        return text == null || text.isEmpty()
                ? "-"
                : BREAKS_FIELDS.matcher(text).replaceAll("_");
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
