package io.secgroupd.daemon.flowlog;

import io.secgroupd.rules.decide.Decision;
import io.secgroupd.rules.net.Direction;
import java.util.IdentityHashMap;
import java.util.function.BiFunction;

/**
 * What a line says of a decision, ready made. A policy has as many different decisions as rules, and a packet's is always
 * one of these objects, so the text of each is made once.
 */
final class DecisionTexts {

    /** Decisions of past policies are forgotten together, when this many have gathered: at most about 4 MB. */
    private static final int KEPT = 16_384;

    private final BiFunction<Decision, Direction, byte[]> write;
    private final IdentityHashMap<Decision, byte[]> ingress = new IdentityHashMap<>();
    private final IdentityHashMap<Decision, byte[]> egress = new IdentityHashMap<>();

    DecisionTexts(BiFunction<Decision, Direction, byte[]> write) {
        this.write = write;
    }

    byte[] of(Decision decision, Direction direction) {
        IdentityHashMap<Decision, byte[]> texts = direction == Direction.INGRESS ? ingress : egress;
        byte[] known = texts.get(decision);
        return known != null ? known : make(texts, decision, direction);
    }

    private byte[] make(IdentityHashMap<Decision, byte[]> texts, Decision decision, Direction direction) {
        if (texts.size() >= KEPT) {
            texts.clear();
        }
        byte[] text = write.apply(decision, direction);
        texts.put(decision, text);
        return text;
    }
}
