package io.secgroupd.daemon.flowlog.read;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The order of the fields in a VPC record: AWS's default, this program's, or that of a header line. */
final class VpcLayout {

    private static final String DEFAULT =
            "version account-id interface-id srcaddr dstaddr srcport dstport protocol packets"
                    + " bytes start end action log-status";

    /** AWS's name for each field; the last three are this program's own. */
    private static final Map<String, Field> FIELDS = Map.ofEntries(
            Map.entry("account-id", Field.HOST),
            Map.entry("interface-id", Field.INSTANCE),
            Map.entry("srcaddr", Field.SRC),
            Map.entry("dstaddr", Field.DST),
            Map.entry("srcport", Field.SPORT),
            Map.entry("dstport", Field.DPORT),
            Map.entry("protocol", Field.PROTOCOL),
            Map.entry("packets", Field.PACKETS),
            Map.entry("bytes", Field.BYTES),
            Map.entry("start", Field.FIRST),
            Map.entry("end", Field.LAST),
            Map.entry("action", Field.VERDICT),
            Map.entry("tcp-flags", Field.TCP_FLAGS),
            Map.entry("flow-direction", Field.DIRECTION),
            Map.entry("group", Field.GROUP),
            Map.entry("rule", Field.RULE),
            Map.entry("reason", Field.REASON));
    /** Of the packet itself, where the other says the primary address of an interface that has several, or forwards. */
    private static final Map<String, Field> OF_THE_PACKET = Map.of("pkt-srcaddr", Field.SRC, "pkt-dstaddr", Field.DST);

    private static final String STATUS = "log-status";
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]*");
    private static final int FEWEST_KNOWN = 3;

    static final VpcLayout AWS = new VpcLayout(List.of(DEFAULT.split(" ")));
    static final VpcLayout OURS = new VpcLayout(List.of((DEFAULT + " group rule reason").split(" ")));

    private final @Nullable Field[] fields;
    private final @Nullable Field[] ofThePacket;
    private final int status;

    private VpcLayout(List<String> names) {
        fields = names.stream().map(FIELDS::get).toArray(Field[]::new);
        ofThePacket = names.stream().map(OF_THE_PACKET::get).toArray(Field[]::new);
        status = names.indexOf(STATUS);
    }

    /** The layout that a header line names; empty when this is not a header line. */
    static Optional<VpcLayout> ofHeader(List<String> words) {
        List<String> names = words.stream().map(VpcLayout::name).toList();
        long known = names.stream()
                .filter(name -> FIELDS.containsKey(name) || OF_THE_PACKET.containsKey(name) || name.equals(STATUS))
                .count();
        return known >= FEWEST_KNOWN
                        && names.stream().allMatch(name -> NAME.matcher(name).matches())
                ? Optional.of(new VpcLayout(names))
                : Optional.empty();
    }

    /** As in {@code ${srcaddr}} of a format, and as tables that were made of such logs call their columns. */
    private static String name(String word) {
        String bare = word.startsWith("${") && word.endsWith("}") ? word.substring(2, word.length() - 1) : word;
        return bare.toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The required fields that are missing; empty when records can be read with this layout. */
    List<String> missing() {
        return Stream.of(
                        missing("srcaddr", Field.SRC),
                        missing("dstaddr", Field.DST),
                        missing("protocol", Field.PROTOCOL),
                        missing("action", Field.VERDICT),
                        has(Field.FIRST) ? Optional.<String>empty() : missing("end", Field.LAST))
                .flatMap(Optional::stream)
                .toList();
    }

    private Optional<String> missing(String name, Field field) {
        return has(field) ? Optional.empty() : Optional.of(name);
    }

    private boolean has(Field field) {
        return Arrays.asList(fields).contains(field)
                || Arrays.asList(ofThePacket).contains(field);
    }

    /** Reports whether the records have the deciding rule; then they are this program's, and each is a decision. */
    boolean isOurs() {
        return has(Field.REASON);
    }

    int size() {
        return fields.length;
    }

    /** The position of {@code log-status} from 0, or negative. */
    int status() {
        return status;
    }

    /** Sets the values of a line from a record whose first word comes that many words after the line's. */
    void set(LogLine line, VpcWords words, int first) {
        set(fields, line, words, first);
        set(ofThePacket, line, words, first);
    }

    private static void set(@Nullable Field[] fields, LogLine line, VpcWords words, int first) {
        for (int i = 0; i < fields.length; i++) {
            Field field = fields[i];
            if (field != null && !words.is(first + i, LineWords.NONE)) {
                line.set(field, words.from(first + i), words.to(first + i));
            }
        }
    }
}
