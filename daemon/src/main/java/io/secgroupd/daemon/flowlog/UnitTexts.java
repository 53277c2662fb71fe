package io.secgroupd.daemon.flowlog;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/** Prepares the text of a line about a unit, once for each unit. */
final class UnitTexts {

    /** All are forgotten once there are this many. */
    private static final int KEPT = 4096;

    private final Function<String, byte[]> write;
    private final Map<String, byte[]> texts = new HashMap<>();

    UnitTexts(Function<String, byte[]> write) {
        this.write = write;
    }

    byte[] of(String unit) {
        byte[] known = texts.get(unit);
        if (known != null) {
            return known;
        }
        if (texts.size() >= KEPT) {
            texts.clear();
        }
        byte[] text = write.apply(unit);
        texts.put(unit, text);
        return text;
    }
}
