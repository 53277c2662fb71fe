package io.secgroupd.rules.analyze;

import io.secgroupd.rules.net.Protocol;
import java.util.BitSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A set of protocol numbers, 0–255. */
public final class ProtocolSet {

    private static final int PROTOCOLS = 256;
    /** More than half of all protocols: beyond this the text names the missing ones, which takes fewer words. */
    private static final int MOST = PROTOCOLS / 2;

    private final BitSet numbers;

    ProtocolSet(BitSet numbers) {
        this.numbers = (BitSet) numbers.clone();
    }

    public boolean contains(int protocol) {
        return numbers.get(protocol);
    }

    /** The numbers, ascending. */
    public IntStream stream() {
        return numbers.stream();
    }

    /** Reports whether the set is {@code icmp} or {@code icmpv6} alone, whose selectors are types and codes. */
    public boolean isIcmp() {
        return numbers.cardinality() == 1 && new Protocol(numbers.nextSetBit(0)).hasIcmpTypes();
    }

    /** Reports whether every protocol has ports: then the selectors are ports, and are named. */
    public boolean havePorts() {
        return stream().allMatch(number -> new Protocol(number).hasPorts());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ProtocolSet that && numbers.equals(that.numbers);
    }

    @Override
    public int hashCode() {
        return numbers.hashCode();
    }

    /** {@code all}, {@code tcp,udp}, {@code 47-50}, or {@code all but tcp}. */
    @Override
    public String toString() {
        if (numbers.cardinality() == PROTOCOLS) {
            return "all";
        }
        if (numbers.cardinality() <= MOST) {
            return words(numbers);
        }
        BitSet missing = new BitSet(PROTOCOLS);
        missing.set(0, PROTOCOLS);
        missing.andNot(numbers);
        return "all but " + words(missing);
    }

    private static String words(BitSet set) {
        return IntStream.iterate(set.nextSetBit(0), from -> from >= 0, from -> set.nextSetBit(set.nextClearBit(from)))
                .boxed()
                .flatMap(from -> run(from, set.nextClearBit(from) - 1))
                .collect(Collectors.joining(","));
    }

    private static Stream<String> run(int from, int to) {
        return to - from < 2
                ? IntStream.rangeClosed(from, to).mapToObj(number -> new Protocol(number).toString())
                : Stream.of(from + "-" + to);
    }
}
