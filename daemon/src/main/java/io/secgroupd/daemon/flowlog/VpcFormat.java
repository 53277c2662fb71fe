package io.secgroupd.daemon.flowlog;

import io.secgroupd.rules.decide.Decision;
import io.secgroupd.rules.decide.MatchedRule;
import io.secgroupd.rules.decide.Reason;
import io.secgroupd.rules.net.Protocol;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The default line of AWS VPC flow logs, version 2, so that whatever reads those reads these: account-id is the host,
 * interface-id the instance. Behind it stand {@code group rule reason}, which AWS does not tell.
 */
final class VpcFormat implements LineFormat {

    private static final String NONE = "-";
    /** Fields end at a blank: one inside a name would move every field behind it. */
    private static final Pattern BREAKS_FIELDS = Pattern.compile("[\\s\\p{Cntrl}]");

    private final String account;
    private final StringBuilder line = new StringBuilder();

    VpcFormat(String host) {
        this.account = field(host);
    }

    @Override
    public void decision(long sequence, long epochMillis, FlowRecord record, ByteArrayOutputStream out) {
        Decision decision = record.decision();
        MatchedRule rule = decision.rule();
        begin(decision.instance());
        ends(record);
        add(record.packets());
        add(record.bytes() > 0 ? Long.toString(record.bytes()) : NONE);
        add(record.firstMillis() / 1000);
        add(record.lastMillis() / 1000);
        add(decision.verdict().name());
        add("OK");
        add(field(rule == null ? null : rule.group()));
        add(field(rule == null ? null : rule.id()));
        end(decision.reason().word(), out);
    }

    /** AWS has no field for how many: {@code packets} says it. */
    @Override
    public void skipped(long sequence, long epochMillis, long lost, ByteArrayOutputStream out) {
        begin("");
        none(5);
        add(lost);
        none(1);
        add(epochMillis / 1000);
        add(epochMillis / 1000);
        none(1);
        add("SKIPDATA");
        none(2);
        end(NONE, out);
    }

    private void begin(String instance) {
        line.setLength(0);
        line.append("2 ").append(account);
        add(field(instance));
    }

    private void ends(FlowRecord record) {
        if (record.decision().reason() == Reason.UNDECODABLE) {
            none(5); // whatever could be read of it is not to be trusted
            return;
        }
        boolean ports = new Protocol(record.protocol()).hasPorts();
        add(record.source().toString());
        add(record.destination().toString());
        add(ports ? record.sourcePort() : 0); // as AWS writes it for ICMP
        add(ports ? record.destinationPort() : 0);
        add(record.protocol());
    }

    private void end(String last, ByteArrayOutputStream out) {
        line.append(' ').append(last).append('\n');
        out.writeBytes(line.toString().getBytes(StandardCharsets.UTF_8));
    }

    private void none(int fields) {
        for (int i = 0; i < fields; i++) {
            add(NONE);
        }
    }

    private void add(String text) {
        line.append(' ').append(text);
    }

    private void add(long number) {
        line.append(' ').append(number);
    }

    private static String field(@Nullable String text) {
        return text == null || text.isEmpty()
                ? NONE
                : BREAKS_FIELDS.matcher(text).replaceAll("_");
    }
}
