package io.secgroupd.rules.analyze;

import io.secgroupd.rules.net.Verdict;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds the explanation that answers a question among those of all its pairs of addresses, as {@link Explainer#answer} has it. */
final class AnswerSearch {

    private final boolean aboutCluster;
    private @Nullable Explanation loopback;
    private @Nullable Explanation answer;

    /** @param aboutCluster whether loopback is an answer only where there is no other */
    AnswerSearch(boolean aboutCluster) {
        this.aboutCluster = aboutCluster;
    }

    /** Takes the explanation of the next pair. */
    void consider(Explanation one) {
        if (aboutCluster && Explainer.isLoopback(one)) {
            loopback = loopback == null ? one : loopback;
        } else if (answer == null || tells(one, answer)) {
            answer = one;
        }
    }

    /** Reports whether an explanation tells more of a question than one before it. */
    private static boolean tells(Explanation one, Explanation before) {
        return one.verdict() == Verdict.REJECT && (before.verdict() == Verdict.ACCEPT || !one.observed());
    }

    /** Reports whether no further pair can change the answer: packets of this one do not pass. */
    boolean isFinal() {
        return answer != null && !answer.passes();
    }

    /** Empty when there was no pair. */
    Optional<Explanation> get() {
        return Optional.ofNullable(answer != null ? answer : loopback);
    }
}
