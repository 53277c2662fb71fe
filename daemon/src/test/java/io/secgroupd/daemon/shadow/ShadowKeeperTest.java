package io.secgroupd.daemon.shadow;

import static io.secgroupd.daemon.shadow.Found.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.secgroupd.rules.decide.HostAnswer;
import io.secgroupd.rules.decide.PacketFilter;
import io.secgroupd.rules.file.PolicyFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a restart and a crash leave of a candidate. */
class ShadowKeeperTest {

    private static final Path RULES = Path.of("/etc/secgroupd/rules.yaml");
    private static final PolicyFiles FILES = new PolicyFiles(
            RULES,
            Map.of(RULES, bytes("version: 1\n"), RULES.resolveSibling("lists/office.txt"), bytes("10.0.0.0/8\n")));
    private static final PacketFilter FILTER = new PacketFilter(HostAnswer.REFUSE, List.of(), List.of());

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path state;

    private Instant now = NOON;

    @SuppressWarnings("NullAway.Init")
    private ShadowKeeper keeper;

    @BeforeEach
    void start() {
        keeper = new ShadowKeeper(state, () -> now);
    }

    @Test
    void aCandidateOutlivesACrashWithItsClockAndItsFiles() throws IOException {
        begin();
        now = NOON.plus(Duration.ofDays(3));

        ShadowReport before = afterACrash().ofEarlierStart().orElseThrow();

        assertThat(before.candidate()).isEqualTo(Found.candidate());
        assertThat(afterACrash().files(RULES).holdsSame(FILES)).isTrue();
    }

    @Test
    void whatWasFoundAndAcceptedOutlivesAStop() throws IOException {
        var found = new ShadowReport(Found.candidate(), Found.totals(Found.refused(80, 3, NOON)), Set.of("0123abcd"));
        begin();
        keeper.resume(found, FILTER, UnaryOperator.identity());
        keeper.accept(Set.of("4567cdef"));
        keeper.close();

        assertThat(afterACrash().ofEarlierStart())
                .contains(new ShadowReport(found.candidate(), found.totals(), Set.of("0123abcd", "4567cdef")));
    }

    @Test
    void aNewDifferenceIsStoredAtTheNextLookAndFiguresAfterHalfAMinute() throws IOException {
        begin();
        keeper.resume(report(), FILTER, UnaryOperator.identity());
        found(Found.refused(80, 1, NOON));
        keeper.look();
        assertThat(storedCount()).isEqualTo(1);

        found(Found.refused(80, 2, NOON));
        now = NOON.plusSeconds(29);
        keeper.look();
        assertThat(storedCount()).isEqualTo(1);
        now = NOON.plusSeconds(30);
        keeper.look();
        assertThat(storedCount()).isEqualTo(2);
    }

    @Test
    void aCandidateIsOverWhenItsTimeIs() throws IOException {
        begin();
        now = Found.candidate().ends().minusMillis(1);
        assertThat(keeper.isOver()).isFalse();
        now = Found.candidate().ends();
        assertThat(keeper.isOver()).isTrue();
    }

    @Test
    void nothingIsLeftOfACandidateThatHasEnded() throws IOException {
        begin();
        keeper.end(ShadowEnd.DROPPED, "for the test");

        assertThat(keeper.report()).isEmpty();
        assertThat(keeper.ledger().beside(FILTER).isPresent()).isFalse();
        assertThat(afterACrash().ofEarlierStart()).isEmpty();
        assertThat(state.resolve("shadow/files")).doesNotExist();
    }

    @Test
    void filesDuringWhoseReadingTheProcessEndedTwiceAreNotReadAThirdTime() throws IOException {
        begin();

        assertThat(afterACrash().mayRead()).isTrue();
        assertThat(afterACrash().mayRead()).isTrue();
        assertThat(afterACrash().mayRead()).isFalse();

        keeper.resume(report(), FILTER, UnaryOperator.identity());
        assertThat(afterACrash().mayRead()).isTrue();
    }

    @Test
    void aDamagedReportIsToldAsSuch() throws IOException {
        begin();
        for (String damaged :
                List.of("", "[]", "{\"hash\":\"a\"}", "{\"differences\":[{\"in_force\":[]}]}", "{\"a\":")) {
            Files.writeString(state.resolve("shadow/shadow.json"), damaged);
            assertThatThrownBy(() -> afterACrash().ofEarlierStart()).as(damaged).isInstanceOf(IOException.class);
        }
    }

    private void begin() throws IOException {
        keeper.begin(Found.candidate(), FILES, FILTER, UnaryOperator.identity());
    }

    private static ShadowReport report() {
        return new ShadowReport(Found.candidate(), Found.totals(), Set.of());
    }

    /** Stands for what the loops count. */
    private void found(Difference difference) {
        keeper.ledger().begin(FILTER, Found.totals(difference), UnaryOperator.identity());
    }

    private long storedCount() throws IOException {
        Optional<ShadowReport> stored = afterACrash().ofEarlierStart();
        return stored.orElseThrow().totals().count(DifferenceKind.NEWLY_REFUSED);
    }

    private ShadowKeeper afterACrash() {
        return new ShadowKeeper(state, () -> now);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
