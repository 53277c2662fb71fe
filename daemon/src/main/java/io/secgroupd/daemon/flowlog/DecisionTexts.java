package io.secgroupd.daemon.flowlog;

import io.secgroupd.rules.decide.Decision;
import java.util.IdentityHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Prepares the text of a line about a decision. A policy has as many different decisions as rules, and a packet's
 * decision is always one of these objects, so each text is made once.
 */
final class DecisionTexts {

    /** All decisions, including those of past policies, are forgotten once there are this many: at most about 4 MB. */
    private static final int KEPT = 16_384;

    private final Function<Decision, byte[]> write;
    private final IdentityHashMap<Decision, byte[]> texts = new IdentityHashMap<>();
    /** Most often the next decision is the last one again. */
    private @Nullable Decision last;

    private byte[] lastText = {};

    DecisionTexts(Function<Decision, byte[]> write) {
        this.write = write;
    }

    /** A decision is one object, so that no two are equal. */
    @SuppressWarnings("ReferenceEquality")
    byte[] of(Decision decision) {
        if (decision != last) {
            byte[] known = texts.get(decision);
            lastText = known != null ? known : make(decision);
            last = decision;
        }
        return lastText;
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
