package io.secgroupd.daemon.flowlog.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.daemon.flowlog.view.Tally.KeyCount;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Packets by key, compared with what a map of objects counts. */
class TallyTest {

    record Packets(String key, boolean accepted, int number) {}

    @Property(tries = 200)
    void countsAsAMapDoes(@ForAll("packets") @Size(max = 600) List<Packets> all) {
        var expected = new HashMap<String, KeyCount>();
        Tally tally = new Tally();
        for (Packets some : all) {
            add(tally, some);
            expected.merge(some.key, count(some), TallyTest::plus);
        }

        assertThat(tally.size()).isEqualTo(expected.size());
        assertThat(tally.top(Integer.MAX_VALUE)).containsExactlyInAnyOrderElementsOf(expected.values());
    }

    @Property(tries = 200)
    void fewAreTheFirstOfAll(
            @ForAll("packets") @Size(max = 100) List<Packets> all, @ForAll @IntRange(min = 1, max = 20) int few) {
        Tally tally = new Tally();
        all.forEach(some -> add(tally, some));
        List<KeyCount> everyOne = tally.top(Integer.MAX_VALUE);

        assertThat(everyOne)
                .isSortedAccordingTo((one, other) -> one.packets() != other.packets()
                        ? Long.compare(other.packets(), one.packets())
                        : one.key().compareTo(other.key()));
        assertThat(tally.top(few)).isEqualTo(everyOne.subList(0, Math.min(few, everyOne.size())));
    }

    @Test
    void tensOfThousandsOfForgedSourcesAreKeptApart() {
        Tally tally = new Tally();
        Map<String, Long> expected = new HashMap<>();
        IntStream.range(0, 200_000).forEach(i -> {
            String source = "10." + i % 7 + "." + i % 251 + "." + i % 193;
            add(tally, new Packets(source, false, 1));
            expected.merge(source, 1L, Long::sum);
        });

        assertThat(tally.size()).isEqualTo(expected.size()).isGreaterThan(100_000);
        assertThat(tally.top(expected.size()))
                .allSatisfy(row -> assertThat(row.rejected()).isEqualTo(expected.get(row.key())));
    }

    @Test
    void anEmptyKeyIsAKeyToo() {
        Tally tally = new Tally();
        add(tally, new Packets("", true, 3));
        add(tally, new Packets("a", true, 1));
        add(tally, new Packets("", false, 2));

        assertThat(tally.top(2)).containsExactly(new KeyCount("", 3, 2), new KeyCount("a", 1, 0));
    }

    @Provide
    Arbitrary<List<Packets>> packets() {
        Arbitrary<String> keys = Arbitraries.oneOf(
                Arbitraries.integers().between(0, 300).map(i -> "10.0.0." + i),
                Arbitraries.strings()
                        .ofMaxLength(80)
                        .filter(text -> text.codePoints().noneMatch(c -> Character.getType(c) == Character.SURROGATE)));
        return Combinators.combine(
                        keys,
                        Arbitraries.of(true, false),
                        Arbitraries.integers().between(1, 5))
                .as(Packets::new)
                .list();
    }

    private static void add(Tally tally, Packets some) {
        byte[] bytes = (">" + some.key + "<").getBytes(StandardCharsets.UTF_8);
        tally.add(bytes, 1, bytes.length - 1, some.accepted, some.number);
    }

    private static KeyCount count(Packets some) {
        return new KeyCount(some.key, some.accepted ? some.number : 0, some.accepted ? 0 : some.number);
    }

    private static KeyCount plus(KeyCount one, KeyCount other) {
        return new KeyCount(one.key(), one.accepted() + other.accepted(), one.rejected() + other.rejected());
    }
}
