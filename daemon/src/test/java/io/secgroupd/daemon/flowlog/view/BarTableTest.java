package io.secgroupd.daemon.flowlog.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.daemon.flowlog.view.Tally.KeyCount;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.NotEmpty;
import org.junit.jupiter.api.Test;

/** Rows with a bar: none is wider than the screen, and no packet is invisible. */
class BarTableTest {

    private static final Style PLAIN = new Style(false, false);

    @Property(tries = 300)
    void noRowIsWiderThanTheScreen(@ForAll("rows") @NotEmpty List<KeyCount> rows) {
        assertThat(table(rows).lines()).hasSize(rows.size()).allMatch(line -> line.length() <= Style.WIDTH);
    }

    @Property(tries = 300)
    void aNumberAboveZeroIsSeenInTheBar(@ForAll("rows") @NotEmpty List<KeyCount> rows) {
        List<String> lines = table(rows).lines().toList();

        for (int i = 0; i < rows.size(); i++) {
            String bar = lines.get(i).replaceFirst("^ +[0-9,]+ +[0-9.]+ % +k\\d*", "");
            assertThat(bar.contains("#")).as(lines.get(i)).isEqualTo(rows.get(i).rejected() > 0);
            assertThat(bar.contains("-")).as(lines.get(i)).isEqualTo(rows.get(i).accepted() > 0);
        }
    }

    @Test
    void sharesAreOfAllPacketsAndNotOfThoseShown() {
        var rows = List.of(new KeyCount("ssh", 0, 25));

        assertThat(BarTable.forAll(rows, 1000, PLAIN).of(rows)).startsWith("     25    2.5 %  ssh  #");
    }

    @Test
    void anEmptyLogHasNoShares() {
        var rows = List.of(new KeyCount("REJECT", 0, 0));

        assertThat(BarTable.forAll(rows, 0, PLAIN).of(rows)).isEqualTo("  0    0.0 %  REJECT\n");
    }

    @Test
    void whatSomebodyElseWroteDoesNotCommandTheTerminal() {
        var rows = List.of(new KeyCount("a\u001b[2Jb", 1, 0));

        assertThat(BarTable.forAll(rows, 1, PLAIN).of(rows)).contains("a?[2Jb").doesNotContain("\u001b");
    }

    @Provide
    Arbitrary<List<KeyCount>> rows() {
        Arbitrary<Long> packets = Arbitraries.longs().between(0, 1_000_000_000_000L);
        Arbitrary<String> keys = Arbitraries.integers().between(0, 90).map(digits -> "k" + "1".repeat(digits));
        return Combinators.combine(keys, packets, packets)
                .as(KeyCount::new)
                .list()
                .ofMaxSize(12);
    }

    private static String table(List<KeyCount> rows) {
        long total = rows.stream().mapToLong(KeyCount::packets).sum();
        return BarTable.forAll(rows, total, PLAIN).of(rows);
    }
}
