package io.secgroupd.daemon.flowlog;

import io.secgroupd.rules.decide.Decision;
import java.util.IdentityHashMap;
import java.util.function.Function;

/**
 * The text of a line about a decision, made in advance. A policy has as many different decisions as rules, and a
 * packet's is always one of these objects, so the text of each is made once.
 */
final class DecisionTexts {

    /** Decisions of past policies are forgotten together, when this many have gathered: at most about 4 MB. */
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
