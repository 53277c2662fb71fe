package io.secgroupd.daemon.flowlog.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.daemon.testkit.ArbitraryLines;
import io.secgroupd.daemon.testkit.DecisionLine;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** The fast reader of our own lines says what the one that reads any JSON says, or leaves the line to that. */
class OwnJsonTest {

    @Property(tries = 300)
    void bothReadersReadTheSame(@ForAll("decisions") DecisionLine decision) {
        byte[] bytes = bytes(decision);
        LogLine own = new LogLine();
        LogLine any = begun(bytes);

        assertThat(OwnJson.parse(own, bytes, 0, bytes.length)).isEqualTo(bytes.length);
        assertThat(AnyJson.parse(any, bytes, 0, bytes.length)).isTrue();
        assertSame(own, any);
    }

    /** Whatever is damaged: it may refuse what the other takes, and never takes what the other refuses or reads in another way. */
    @Property(tries = 3000)
    void whatItReadsOfADamagedLineIsWhatTheOtherReads(
            @ForAll("decisions") DecisionLine decision,
            @ForAll @IntRange(max = 2000) int place,
            @ForAll @IntRange(min = 32, max = 126) int character) {
        byte[] bytes = bytes(decision);
        bytes[place % bytes.length] = (byte) character;
        LogLine own = new LogLine();
        int end = OwnJson.parse(own, bytes, 0, bytes.length);

        if (end == bytes.length) {
            LogLine any = begun(bytes);
            assertThat(AnyJson.parse(any, bytes, 0, bytes.length)).isTrue();
            assertSame(own, any);
        }
    }

    @Property(tries = 300)
    void aLineThatIsCutIsNoLine(@ForAll("decisions") DecisionLine decision, @ForAll @IntRange(max = 2000) int place) {
        byte[] bytes = bytes(decision);
        int end = place % bytes.length;

        assertThat(OwnJson.parse(new LogLine(), bytes, 0, end)).isEqualTo(-1);
        assertThat(AnyJson.parse(begun(bytes), bytes, 0, end)).isFalse();
    }

    @Test
    void aUnitIsReadBeforeTheCandidateAndIsLeftToTheOtherReaderWhenItIsEscaped() {
        DecisionLine plain = DecisionLine.accept()
                .with("repeat", true)
                .with("unit", "nginx.service")
                .withCandidate("REJECT", "no-matching-rule", null, null);
        byte[] bytes = bytes(plain);
        LogLine own = new LogLine();
        assertThat(OwnJson.parse(own, bytes, 0, bytes.length)).isEqualTo(bytes.length);
        assertThat(own.text(Field.UNIT)).isEqualTo("nginx.service");

        byte[] escaped = bytes(DecisionLine.accept().with("unit", "a\"},{\\x2d.service"));
        LogLine any = begun(escaped);
        assertThat(OwnJson.parse(new LogLine(), escaped, 0, escaped.length)).isEqualTo(-1);
        assertThat(AnyJson.parse(any, escaped, 0, escaped.length)).isTrue();
        assertThat(any.text(Field.UNIT)).isEqualTo("a\"},{\\x2d.service");
    }

    @Test
    void whatIsNoUtf8IsNoLineForEitherReader() {
        byte[] bytes = bytes(DecisionLine.accept());
        bytes[new String(bytes, StandardCharsets.US_ASCII).indexOf("10.0.1.10")] = (byte) 0xb1;

        assertThat(OwnJson.parse(new LogLine(), bytes, 0, bytes.length)).isEqualTo(-1);
        assertThat(AnyJson.parse(begun(bytes), bytes, 0, bytes.length)).isFalse();
    }

    @Test
    void aCopyOutlivesTheBufferItWasReadFrom() {
        byte[] bytes = (" ".repeat(7) + DecisionLine.accept().json()).getBytes(StandardCharsets.UTF_8);
        LogLine line = new LogLine();
        OwnJson.parse(line, bytes, 7, bytes.length - 1);
        LogLine copy = line.copy();
        bytes[bytes.length / 2] = 'X';
        line.begin(bytes, 0, 0);

        assertThat(copy.raw() + "\n").isEqualTo(DecisionLine.accept().json());
        assertThat(copy.text(Field.SRC)).isEqualTo("10.0.1.10");
        assertThat(copy.copy().text(Field.RULE)).isEqualTo("sgr-sql");
    }

    @Test
    void aCopyOfALineWithEscapesHasItsValues() {
        byte[] bytes = bytes(DecisionLine.accept().with("instance", "say \"orders\""));
        LogLine line = begun(bytes);
        AnyJson.parse(line, bytes, 0, bytes.length);

        assertThat(line.copy().text(Field.INSTANCE)).isEqualTo("say \"orders\"");
    }

    @Test
    void aDecisionWithoutPacketsOrVerdictIsNone() {
        for (DecisionLine unsound : new DecisionLine[] {
            DecisionLine.accept().with("packets", 0),
            DecisionLine.accept().with("packets", null),
            DecisionLine.accept().with("verdict", "MAYBE"),
            DecisionLine.accept().with("verdict", "ACCEPTED"),
            DecisionLine.accept().with("time", "today"),
            DecisionLine.lost(0)
        }) {
            byte[] bytes = bytes(unsound);
            assertThat(OwnJson.parse(new LogLine(), bytes, 0, bytes.length)).isEqualTo(-1);
            assertThat(AnyJson.parse(begun(bytes), bytes, 0, bytes.length))
                    .as(unsound.json())
                    .isFalse();
        }
    }

    @Provide
    Arbitrary<DecisionLine> decisions() {
        return ArbitraryLines.decisions()
                .flatMap(line -> Arbitraries.of(
                        line,
                        line.withCandidate("REJECT", "no-matching-rule", null, null),
                        line.with("repeat", true).withCandidate("ACCEPT", "rule", "sg-db", "sgr-sql")));
    }

    private static byte[] bytes(DecisionLine decision) {
        return decision.json().strip().getBytes(StandardCharsets.UTF_8);
    }

    private static LogLine begun(byte[] bytes) {
        LogLine line = new LogLine();
        line.begin(bytes, 0, bytes.length);
        return line;
    }

    private static void assertSame(LogLine one, LogLine other) {
        for (Field field : Field.values()) {
            assertThat(one.has(field)).as(field.inJson()).isEqualTo(other.has(field));
            assertThat(one.text(field)).as(field.inJson()).isEqualTo(other.text(field));
        }
        assertThat(one.timeMillis()).isEqualTo(other.timeMillis());
        assertThat(one.accepted()).isEqualTo(other.accepted());
    }
}
