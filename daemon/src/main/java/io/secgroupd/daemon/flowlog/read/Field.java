package io.secgroupd.daemon.flowlog.read;

import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The fields that a line can have, in the order of this program's JSON. */
public enum Field {
    TIME("time"),
    SEQ("seq"),
    START("start"),
    HOST("host"),
    VERDICT("verdict"),
    REASON("reason"),
    DIRECTION("direction"),
    INSTANCE("instance"),
    GROUP("group"),
    RULE("rule"),
    PROTOCOL("protocol"),
    SRC("src"),
    SPORT("sport"),
    DST("dst"),
    DPORT("dport"),
    ICMP_TYPE("icmp_type"),
    ICMP_CODE("icmp_code"),
    TCP_FLAGS("tcp_flags"),
    IN("in"),
    GENERATION("generation"),
    PACKETS("packets"),
    FIRST("first"),
    LAST("last"),
    OBSERVED("observed"),
    /** Whether the packets repeat a SYN that already has its line. */
    REPEAT("repeat"),
    /** The unit of systemd, or other control group, behind the end that is this host. */
    UNIT("unit"),
    LOST("lost"),
    /** The bytes of all packets, IP header included; only the VPC format has this field. */
    BYTES("bytes");

    private static final Map<String, Field> BY_NAME =
            Arrays.stream(values()).collect(Collectors.toMap(Field::inJson, Function.identity()));

    private final String inJson;
    private final int place;

    @SuppressWarnings(
            "EnumOrdinal") // a line keeps its values in arrays, because a map for each of a million lines takes seconds
    Field(String inJson) {
        this.inJson = inJson;
        this.place = ordinal();
    }

    public String inJson() {
        return inJson;
    }

    /** The position in arrays over all fields, from 0. */
    int place() {
        return place;
    }

    boolean isTime() {
        return this == TIME || this == FIRST || this == LAST;
    }

    static @Nullable Field named(String inJson) {
        return BY_NAME.get(inJson);
    }
}
