package io.secgroupd.daemon.testkit;

import java.time.Instant;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Decisions of every kind that a flow log holds, for properties. */
public final class ArbitraryLines {

    private static final Arbitrary<String> ADDRESSES = Arbitraries.of(
            "10.0.1.10",
            "192.0.2.255",
            "0.0.0.0",
            "255.255.255.255",
            "2001:db8::1",
            "2001:db8:ffff:1:5054:ff:fe12:3456");

    private ArbitraryLines() {}

    /** Accepts and rejects of connections and of pings, between any addresses and at any time. */
    public static Arbitrary<DecisionLine> decisions() {
        Arbitrary<DecisionLine> kinds =
                Arbitraries.of(DecisionLine.accept(), DecisionLine.reject(), DecisionLine.ping());
        return Combinators.combine(kinds, ADDRESSES, ADDRESSES, ports(), packets(), times())
                .as((line, source, destination, port, packets, time) -> between(line, source, destination)
                        .with("packets", packets)
                        .with("dport", line.json().contains("\"dport\":null") ? null : port)
                        .at(time));
    }

    private static DecisionLine between(DecisionLine line, String source, String destination) {
        return line.with("src", source).with("dst", destination);
    }

    private static Arbitrary<Integer> ports() {
        return Arbitraries.integers().between(0, 65_535);
    }

    private static Arbitrary<Integer> packets() {
        return Arbitraries.integers().between(1, 1_000_000);
    }

    /** To the millisecond, as the log has them. */
    private static Arbitrary<Instant> times() {
        return Arbitraries.longs().between(0, 4_102_444_800_000L).map(Instant::ofEpochMilli);
    }
}
