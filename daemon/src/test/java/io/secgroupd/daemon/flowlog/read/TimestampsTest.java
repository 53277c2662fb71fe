package io.secgroupd.daemon.flowlog.read;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Times out of bytes, compared with what the JDK's slow parser reads. */
class TimestampsTest {

    private static final long YEAR_9999 = 253_402_300_799_999L;
    private static final long NOON = Instant.parse("2026-11-24T12:00:00Z").toEpochMilli();
    private static final DateTimeFormatter OURS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    @Property(tries = 2000)
    void whatWeWriteIsReadToTheMillisecond(@ForAll @LongRange(max = YEAR_9999) long millis) {
        assertThat(parse(OURS.format(Instant.ofEpochMilli(millis)))).isEqualTo(millis);
    }

    @Property(tries = 1000)
    void whatStandsAroundATimeDoesNotMatter(
            @ForAll @LongRange(max = YEAR_9999) long millis, @ForAll @StringLength(max = 9) String around) {
        byte[] before = around.getBytes(StandardCharsets.UTF_8);
        byte[] bytes = (around + OURS.format(Instant.ofEpochMilli(millis)) + around).getBytes(StandardCharsets.UTF_8);

        assertThat(Timestamps.parse(bytes, before.length, bytes.length - before.length))
                .isEqualTo(millis);
    }

    /** A damaged line must not be taken for one of another time. */
    @Property(tries = 1000)
    void oneWrongCharacterIsNeverAnotherTimeThanItSays(
            @ForAll @IntRange(max = 23) int place, @ForAll @IntRange(min = 32, max = 126) int character) {
        var text = new StringBuilder("2026-11-24T12:34:56.789Z");
        text.setCharAt(place, (char) character);
        long read = parse(text.toString());

        assertThat(read)
                .satisfiesAnyOf(
                        unknown -> assertThat(unknown).isEqualTo(LogLine.UNKNOWN),
                        time -> assertThat(OURS.format(Instant.ofEpochMilli(time)))
                                .isEqualToIgnoringCase(
                                        text.toString().replace(' ', 'T').replace(',', '.')));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-24T12:00:00Z,          0",
        "2026-11-24 12:00:00Z,          0",
        "2026-11-24T13:00:00+01:00,     0",
        "2026-11-24T12:00:00.000000001Z, 0",
        "2026-11-24T11:59:59.999Z,      -1",
        "2026-11-24T12:00Z,             0"
    })
    void otherShapesOfATimeAreRead(String text, long afterNoon) {
        assertThat(parse(text)).isEqualTo(NOON + afterNoon);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Z",
                "2026-02-30T12:00:00Z",
                "2026-11-24T25:00:00.000Z",
                "2026-13-24T12:00:00.000Z",
                "2026-11-24T12:00:00",
                "999999999-01-01T00:00:00Z9"
            })
    void whatIsNoTimeIsUnknown(String text) {
        assertThat(parse(text)).isEqualTo(LogLine.UNKNOWN);
    }

    @ParameterizedTest
    @CsvSource({"0s,   0", "90s,  90000", "5m,   300000", "2h,   7200000", "1d,   86400000", "1w,   604800000"})
    void anAgeIsCountedBackFromNow(String age, long millis) {
        assertThat(TimeText.parse(age, NOON)).hasValue(NOON - millis);
    }

    @ParameterizedTest
    @CsvSource({"2026-11-24, -43200000", "2026-11-24T12:00:00Z, 0"})
    void aDayBeginsAtMidnightInUtc(String text, long afterNoon) {
        assertThat(TimeText.parse(text, 0)).hasValue(NOON + afterNoon);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "h", "1", "-1h", "1y", "1.5h", "yesterday", "12345678901s"})
    void whatSaysNoTimeIsNone(String text) {
        assertThat(TimeText.parse(text, NOON)).isEmpty();
    }

    private static long parse(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return Timestamps.parse(bytes, 0, bytes.length);
    }
}
