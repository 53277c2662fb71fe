package io.secgroupd.daemon.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.NotEmpty;
import net.jqwik.api.constraints.NumericChars;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

/** Rules with their hits: nobody removes a rule that is in use because its row stood under another group. */
class RulesTextTest {

    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");

    @Test
    void everyRuleStandsUnderItsOwnGroup() {
        String text = RulesText.of(
                List.of(rule("sg-a", "sgr-1", 5), rule("sg-b", "sgr-2", 0), rule("sg-a", "sgr-3", 7)), NOON);

        List<String> lines = text.lines().toList();
        assertThat(lines.get(1)).isEqualTo("sg-a");
        assertThat(lines.get(2)).contains("sgr-1");
        assertThat(lines.get(3)).contains("sgr-3");
        assertThat(lines.get(4)).isEqualTo("sg-b");
        assertThat(lines.get(5)).contains("sgr-2", "never");
    }

    @Test
    void howManyNobodyHasUsedIsCounted() {
        String text = RulesText.of(
                List.of(rule("sg-a", "sgr-1", 5), rule("sg-a", "sgr-2", 0), rule("sg-b", "sgr-3", 0)), NOON);

        assertThat(text).contains("2 of 3 rules");
    }

    @Property(tries = 200)
    void noRowIsWiderThanAScreen(@ForAll @NotEmpty @StringLength(max = 300) @AlphaChars String terms) {
        RuleUse rule = rule("sg-a", "sgr-1", Long.MAX_VALUE);
        var wordy = new RuleUse(
                rule.group(), rule.rule(), rule.at(), terms, rule.since(), rule.hits(), rule.first(), rule.last());

        assertThat(RulesText.of(List.of(wordy), NOON).lines().limit(3))
                .allMatch(line -> line.length() <= StatusText.WIDTH);
    }

    @Test
    void aHostWithoutRulesSaysSo() {
        assertThat(RulesText.of(List.of(), NOON)).isEqualTo("no rules\n");
    }

    @Property(tries = 200)
    void everyCellOfAColumnBeginsOrEndsBelowTheOthers(
            @ForAll @NotEmpty @Size(max = 8) List<@NotEmpty @StringLength(max = 12) @AlphaChars String> words,
            @ForAll @NotEmpty @StringLength(max = 9) @NumericChars String number) {
        List<List<String>> rows = IntStream.range(0, words.size())
                .mapToObj(i -> List.of(words.get(i), number.substring(0, 1 + i % number.length()), "end"))
                .toList();

        List<String> lines = Columns.align(rows);

        assertThat(lines)
                .extracting(line -> line.lastIndexOf("end"))
                .containsOnly(lines.get(0).lastIndexOf("end"));
        assertThat(lines).extracting(String::length).containsOnly(lines.get(0).length());
        assertThat(lines).allMatch(line -> line.matches("[A-Za-z]+ +[0-9]+  end"));
    }

    @Property(tries = 100)
    void rowsOfDifferentLengthsAreAlignedToo(@ForAll @IntRange(min = 1, max = 5) int cells) {
        List<String> lines = Columns.align(List.of(
                List.of("a"),
                List.copyOf(IntStream.range(0, cells).mapToObj(i -> "cell").toList())));

        assertThat(lines.get(0)).isEqualTo("a");
        assertThat(lines.get(1).split(" +")).hasSize(cells);
    }

    private static RuleUse rule(String group, String rule, long hits) {
        Optional<Instant> hit = hits == 0 ? Optional.empty() : Optional.of(NOON.minusSeconds(60));
        return new RuleUse(
                group,
                rule,
                "/etc/secgroupd/rules.yaml:7",
                "tcp 443 from any",
                NOON.minusSeconds(3600),
                hits,
                hit,
                hit);
    }
}
