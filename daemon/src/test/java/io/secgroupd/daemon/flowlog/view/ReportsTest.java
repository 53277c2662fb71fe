package io.secgroupd.daemon.flowlog.view;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.secgroupd.daemon.testkit.ArbitraryLines;
import io.secgroupd.daemon.testkit.DecisionLine;
import java.io.IOException;
import java.io.StringWriter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.NotEmpty;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rankings and the summary: no packet is counted twice or left out. */
class ReportsTest {

    private static final Style PLAIN = new Style(false, false);

    @Property(tries = 200)
    void theRowsOfARankingAndTheRestAreAllPackets(
            @ForAll("decisions") @NotEmpty @Size(max = 40) List<DecisionLine> decisions,
            @ForAll Ranked by,
            @ForAll @IntRange(min = 1, max = 10) int rows)
            throws IOException {
        Ranking ranking = new Ranking(by, rows);
        feed(ranking, decisions);

        String text = ranking.text(PLAIN);
        long shown = text.lines()
                .filter(line -> line.startsWith("  "))
                .mapToLong(ReportsTest::packets)
                .sum();

        assertThat(shown).isEqualTo(ranking.decisions()).isEqualTo(sum(ranking, "packets"));
        assertThat(text.lines()).allMatch(line -> line.length() <= Style.WIDTH);
    }

    @Property(tries = 200)
    void acceptsAndRejectsAreAllPackets(@ForAll("decisions") @NotEmpty @Size(max = 40) List<DecisionLine> decisions)
            throws IOException {
        LogSummary summary = new LogSummary();
        feed(summary, decisions);

        assertThat(sum(summary, "accepted") + sum(summary, "rejected"))
                .isEqualTo(sum(summary, "packets"))
                .isEqualTo(summary.decisions());
        assertThat(sum(summary, "lines")).isEqualTo(decisions.size());
        assertThat(summary.text(PLAIN).lines()).allMatch(line -> line.length() <= Style.WIDTH);
    }

    /** Of a scan nobody sees how many ports there were when that number loses its middle. */
    @Test
    void howManyKeysAreNotShownIsSaidInFull() {
        Ranking ranking = new Ranking(Ranked.PORT, 1);
        for (int port = 1; port <= 1235; port++) {
            ranking.line(
                    LineTexts.parsed(DecisionLine.reject().with("dport", port).json()));
        }

        assertThat(ranking.text(PLAIN)).contains("1,234 more");
    }

    @Test
    void whatIsLostIsToldBelowAndNotCounted() throws IOException {
        Ranking ranking = new Ranking(Ranked.SRC, 5);
        feed(ranking, List.of(DecisionLine.accept(), DecisionLine.lost(1000)));

        assertThat(ranking.decisions()).isEqualTo(1);
        assertThat(sum(ranking, "lost")).isEqualTo(1000);
        assertThat(ranking.text(PLAIN)).contains("1,000 more decisions");
    }

    @ParameterizedTest
    @CsvSource({
        "SRC,  10.0.1.10",
        "DST,  10.0.2.10",
        "PORT, tcp 22",
        "RULE, (no-matching-rule)",
        "PAIR, 10.0.1.10 > 10.0.2.10"
    })
    void aRankingIsByWhatWasAskedFor(Ranked by, String key) {
        Ranking ranking = new Ranking(by, 5);
        feed(ranking, List.of(DecisionLine.reject()));

        assertThat(ranking.text(PLAIN)).contains("  " + key + "  #");
    }

    @Test
    void inTheSummaryRefusedOnesAreRankedByWhomAndWhatAndAcceptedOnesByRule() {
        LogSummary summary = new LogSummary();
        feed(
                summary,
                List.of(DecisionLine.accept().with("src", "10.9.9.9"), DecisionLine.reject(), DecisionLine.ping()));
        String text = summary.text(PLAIN);

        assertThat(text)
                .contains("tcp 22", "icmp 8/0", "10.0.1.10", "sg-db sgr-sql")
                .doesNotContain("10.9.9.9", "5432");
    }

    @Test
    void aServiceOfBothFormatsIsOneService() throws IOException {
        Ranking ranking = new Ranking(Ranked.PORT, 5);
        String json = DecisionLine.reject().json();
        ranking.line(LineTexts.parsed(json));
        ranking.line(LineTexts.parsed(LineTexts.of(new VpcText(), json)));

        assertThat(sum(ranking, "keys")).isEqualTo(1);
    }

    @Provide
    Arbitrary<List<DecisionLine>> decisions() {
        return ArbitraryLines.decisions().list();
    }

    private static void feed(Report report, List<DecisionLine> lines) {
        lines.forEach(line -> report.line(LineTexts.parsed(line.json())));
    }

    private static long packets(String row) {
        return Long.parseLong(row.strip().split(" ", 2)[0].replace(",", ""));
    }

    /** A number of the report itself, not of its rows. */
    private static long sum(Report report, String name) throws IOException {
        var text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            report.json(json);
        }
        Map<String, Long> numbers = new HashMap<>();
        try (JsonParser json = new JsonFactory().createParser(text.toString())) {
            json.nextToken();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String field = json.currentName();
                if (json.nextToken() == JsonToken.VALUE_NUMBER_INT) {
                    numbers.put(field, json.getLongValue());
                }
                json.skipChildren();
            }
        }
        return numbers.getOrDefault(name, -1L);
    }
}
