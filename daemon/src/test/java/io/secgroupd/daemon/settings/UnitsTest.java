package io.secgroupd.daemon.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.rules.text.Problems;
import io.secgroupd.rules.yaml.Value;
import io.secgroupd.rules.yaml.YamlDocument;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sizes, times and bits of daemon.yaml: one that is misread fills a disk, or marks what another program marks. */
class UnitsTest {

    private final Problems problems = new Problems();

    @ParameterizedTest
    @CsvSource({
        "7,    7",
        "7B,   7",
        "7kB,  7000",
        "7MB,  7000000",
        "7GB,  7000000000",
        "7KiB, 7168",
        "7MiB, 7340032",
        "7GiB, 7516192768"
    })
    void everyUnitOfASizeIsWhatItIsEverywhere(String text, long bytes) {
        assertThat(Units.size(value(text), 0, Long.MAX_VALUE)).contains(bytes);
    }

    @ParameterizedTest
    @CsvSource({"0s, 0", "250ms, 250", "10s, 10000", "5m, 300000", "1h, 3600000"})
    void everyUnitOfATimeIsWhatItIsEverywhere(String text, long millis) {
        assertThat(Units.duration(value(text), Duration.ZERO, Duration.ofDays(9)))
                .contains(Duration.ofMillis(millis));
    }

    @Property(tries = 500)
    void whatIsBeyondItsLimitsIsRefusedWithOneProblem(
            @ForAll @LongRange(max = 999_999_999_999L) long bytes,
            @ForAll @LongRange(max = 999_999_999_999L) long min,
            @ForAll @LongRange(max = 999_999_999_999L) long max) {
        Problems found = new Problems();
        Optional<Long> size = Units.size(value(Long.toString(bytes), found), min, max);

        assertThat(size).isEqualTo(bytes >= min && bytes <= max ? Optional.of(bytes) : Optional.empty());
        assertThat(found.sorted()).hasSize(size.isPresent() ? 0 : 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"''", "10", "10 s", "1.5s", "-1s", "01s", "s", "10S", "10min", "1e3s", "9999999999999s"})
    void whatIsNoTimeIsRefused(String text) {
        assertThat(Units.duration(value(text), Duration.ZERO, Duration.ofDays(9)))
                .isEmpty();
        assertThat(problems.hasErrors()).isTrue();
    }

    @Property(tries = 64)
    void everyBitOfAMarkIsOneInEitherNotation(@ForAll @IntRange(max = 31) int place) {
        int bit = 1 << place;

        assertThat(Units.bit(value("0x" + Integer.toHexString(bit)))).contains(bit);
        assertThat(Units.bit(value(Integer.toUnsignedString(bit)))).contains(bit);
    }

    @Property(tries = 500)
    void severalBitsOrNoneAreNoMark(@ForAll int word) {
        assertThat(Units.bit(value("0x" + Integer.toHexString(word))))
                .isEqualTo(Integer.bitCount(word) == 1 ? Optional.of(word) : Optional.empty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"0x100000000", "4294967296", "0x", "010", "0b1", "-2147483648", "x"})
    void whatIsNoBitOfAWordIsRefused(String text) {
        assertThat(Units.bit(value("'" + text + "'"))).isEmpty();
        assertThat(problems.hasErrors()).isTrue();
    }

    private Value value(String text) {
        return value(text, problems);
    }

    private static Value value(String text, Problems problems) {
        return YamlDocument.parse("daemon.yaml", text.getBytes(StandardCharsets.UTF_8), problems)
                .orElseThrow();
    }
}
