package io.secgroupd.rules.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** Against brute force, in windows of 256 addresses that lie where comparisons go wrong: ends, and sign bits. */
class AddressSetTest {

    private static final int WINDOW = 256;

    /** The address {@code offset} above the beginning of a window. */
    private enum Window {
        LOWEST_4(Family.IPV4, 0, 0),
        SIGN_4(Family.IPV4, 0, 0x7fff_ff80L),
        HIGHEST_4(Family.IPV4, 0, 0xffff_ff00L),
        LOWEST_6(Family.IPV6, 0, 0),
        LOW_SIGN_6(Family.IPV6, 0x2001_0db8_0000_0000L, 0x7fff_ffff_ffff_ff80L),
        CARRY_6(Family.IPV6, 0x7fff_ffff_ffff_ffffL, -0x80L),
        HIGHEST_6(Family.IPV6, -1, -0x100L);

        final Family family;
        final long high;
        final long low;

        Window(Family family, long high, long low) {
            this.family = family;
            this.high = high;
            this.low = low;
        }

        IpAddress at(int offset) {
            long sum = low + offset;
            boolean carried = family == Family.IPV6 && Long.compareUnsigned(sum, low) < 0;
            return new IpAddress(family, carried ? high + 1 : high, sum);
        }
    }

    private record Span(int first, int last) {}

    @Provide
    Arbitrary<List<Span>> spans() {
        var ends = Arbitraries.integers().between(0, WINDOW - 1);
        var span = Combinators.combine(ends, ends).as((a, b) -> new Span(Math.min(a, b), Math.max(a, b)));
        var lone = ends.map(a -> new Span(a, a));
        return Arbitraries.oneOf(span, lone, lone).list().ofMaxSize(20);
    }

    @Property
    void isTheUnionInTheFewestRanges(@ForAll Window window, @ForAll("spans") List<Span> spans) {
        var expected = new BitSet(WINDOW);
        var builder = new AddressSet.Builder();
        for (Span span : spans) {
            expected.set(span.first(), span.last() + 1);
            builder.add(new AddressRange(window.at(span.first()), window.at(span.last())));
        }
        AddressSet set = builder.build();
        for (int i = 0; i < WINDOW; i++) {
            assertThat(set.contains(window.at(i))).isEqualTo(expected.get(i));
        }
        assertThat(set.stream().map(AddressRange::toString)).containsExactlyElementsOf(ranges(window, expected));
    }

    private static List<String> ranges(Window window, BitSet bits) {
        var ranges = new ArrayList<String>();
        for (int first = bits.nextSetBit(0); first >= 0; ) {
            int end = bits.nextClearBit(first);
            ranges.add(new AddressRange(window.at(first), window.at(end - 1)).toString());
            first = bits.nextSetBit(end);
        }
        return ranges;
    }

    @Property
    void anIndexNamesTheRangeThatHoldsTheAddress(@ForAll Window window, @ForAll("spans") List<Span> spans) {
        AddressSet set = AddressSet.of(spans.stream()
                .map(span -> new AddressRange(window.at(span.first()), window.at(span.last())))
                .toList());
        RangeList ranges = set.ranges(window.family);
        for (int i = 0; i < WINDOW; i++) {
            IpAddress address = window.at(i);
            int index = ranges.indexOf(address.high(), address.low());
            assertThat(index != RangeList.NONE).isEqualTo(set.contains(address));
            assertThat(index == RangeList.NONE || ranges.get(index).contains(address))
                    .isTrue();
        }
    }

    @Property
    void orderAndRepetitionDoNotMatter(@ForAll Window window, @ForAll("spans") List<Span> spans, @ForAll long seed) {
        var ranges = new ArrayList<AddressRange>();
        spans.forEach(span -> ranges.add(new AddressRange(window.at(span.first()), window.at(span.last()))));
        AddressSet set = AddressSet.of(ranges);
        ranges.addAll(List.copyOf(ranges));
        Collections.shuffle(ranges, new Random(seed));
        assertThat(AddressSet.of(ranges)).isEqualTo(set).hasSameHashCodeAs(set);
    }

    @Property
    void holdsARangeWhenItHoldsAllOfIt(
            @ForAll Window window, @ForAll("spans") List<Span> spans, @ForAll("spans") List<Span> asked) {
        var expected = new BitSet(WINDOW);
        var builder = new AddressSet.Builder();
        for (Span span : spans) {
            expected.set(span.first(), span.last() + 1);
            builder.add(new AddressRange(window.at(span.first()), window.at(span.last())));
        }
        AddressSet set = builder.build();
        for (Span span : asked) {
            assertThat(set.contains(new AddressRange(window.at(span.first()), window.at(span.last()))))
                    .isEqualTo(expected.nextClearBit(span.first()) > span.last());
        }
    }

    @Test
    void familiesNeverMix() {
        assertThat(AddressSet.of(AddressRange.all(Family.IPV4)).contains(IpAddress.ipv6(0, 1)))
                .isFalse();
        assertThat(AddressSet.of(AddressRange.all(Family.IPV6)).contains(IpAddress.ipv4(1)))
                .isFalse();
        assertThat(AddressSet.ALL.size()).isEqualTo(2);
        assertThat(AddressSet.ALL.only(Family.IPV6)).isEqualTo(AddressSet.of(AddressRange.all(Family.IPV6)));
        assertThat(AddressSet.EMPTY.isEmpty()).isTrue();
    }

    @Test
    void aBuilderOfDisjointRangesRefusesDisorder() {
        var builder = RangeLists.Builder.plain();
        builder.append(AddressRange.of(IpAddress.ipv4(5)), 0);
        assertThatThrownBy(() -> builder.append(AddressRange.of(IpAddress.ipv4(5)), 0))
                .isInstanceOf(IllegalArgumentException.class);
        builder.append(AddressRange.of(IpAddress.ipv6(0, 5)), 0);
        assertThatThrownBy(() -> builder.append(AddressRange.of(IpAddress.ipv4(9)), 0))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
