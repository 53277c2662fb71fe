package io.secgroupd.daemon.flowlog.view;

import io.secgroupd.daemon.flowlog.read.Field;
import io.secgroupd.daemon.flowlog.read.LogLine;

/** The criteria by which the flows of a log can be ranked. */
public enum Ranked {
    SRC("source"),
    DST("destination"),
    PORT("service"),
    RULE("rule, or why there was none"),
    PAIR("source and destination"),
    UNIT("unit of this host");

    private final String title;

    Ranked(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    /** Writes the key under which the line counts into an empty key. */
    void key(LogLine line, KeyBytes key) {
        switch (this) {
            case SRC -> key.add(line, Field.SRC);
            case DST -> key.add(line, Field.DST);
            case PAIR -> key.add(line, Field.SRC).add(" > ").add(line, Field.DST);
            case UNIT -> key.add(line, Field.UNIT);
            case PORT -> service(line, key);
            case RULE -> rule(line, key);
        }
    }

    private static void service(LogLine line, KeyBytes key) {
        if (line.has(Field.DPORT) && !line.isVpc()) {
            key.add(line, Field.PROTOCOL).add(" ").add(line, Field.DPORT);
        } else {
            key.add(ServiceText.of(line));
        }
    }

    private static void rule(LogLine line, KeyBytes key) {
        if (line.has(Field.RULE)) {
            key.add(line, Field.GROUP).add(" ").add(line, Field.RULE);
        } else {
            key.add("(").add(line, Field.REASON).add(")");
        }
    }
}
