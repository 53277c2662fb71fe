package io.secgroupd.daemon.flowlog;

import io.secgroupd.rules.decide.Decision;
import java.util.IdentityHashMap;
import java.util.function.Function;

/**
 * Prepares the text of a line about a decision. A policy has as many different decisions as rules, and a packet's
 * decision is always one of these objects, so each text is made once.
 */
final class DecisionTexts {

    /** All decisions, including those of past policies, are forgotten once there are this many: at most about 4 MB. */
    private static final int KEPT = 16_384;

    private final Function<Decision, byte[]> write;
    private final IdentityHashMap<Decision, byte[]> texts = new IdentityHashMap<>();

    DecisionTexts(Function<Decision, byte[]> write) {
        this.write = write;
    }

    byte[] of(Decision decision) {
        byte[] known = texts.get(decision);
        return known != null ? known : make(decision);
    }

    private byte[] make(Decision decision) {
        if (texts.size() >= KEPT) {
            texts.clear();
        }
        byte[] text = write.apply(decision);
        texts.put(decision, text);
        return text;
    }
}
