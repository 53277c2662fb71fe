package io.secgroupd.daemon.testkit;

import java.time.Duration;

/** How long tests wait for an answer: the one that must come, the one that must not, and the one that may. */
public final class Wait {

    /** Far longer than any answer here needs, so that a slow machine fails no test. */
    public static final Duration FOR_AN_ANSWER = Duration.ofSeconds(10);

    /** Well below the second after which TCP repeats its SYN. That a packet was judged is for the counters to say. */
    public static final Duration FOR_SILENCE = Duration.ofMillis(300);

    /** A little below the second after which TCP repeats its SYN, and ping its request: one attempt is one packet. */
    public static final Duration FOR_ONE_PACKET = Duration.ofMillis(900);

    private Wait() {}
}
