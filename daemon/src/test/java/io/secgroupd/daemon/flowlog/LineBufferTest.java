package io.secgroupd.daemon.flowlog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LineBufferTest {

    private final LineBuffer buffer = new LineBuffer(1);

    /** Where the number of digits changes, and where that of bits does. */
    static LongStream numbers() {
        LongStream tens = LongStream.iterate(1, power -> power * 10).limit(19);
        LongStream twos = LongStream.iterate(1, power -> power * 2).limit(63);
        return LongStream.concat(
                LongStream.concat(tens, twos).flatMap(power -> LongStream.of(power - 1, power, power + 1, -power)),
                LongStream.of(Long.MAX_VALUE, Long.MIN_VALUE));
    }

    @ParameterizedTest
    @MethodSource("numbers")
    void aNumberIsWrittenInDecimal(long number) {
        assertThat(buffer.put(number)).hasToString(Long.toString(number));
    }

    @Test
    void itGrowsAndKeepsWhatItHas() {
        buffer.put(7).put(',').put(1_234_567_890_123L).put(';');

        assertThat(buffer).hasToString("7,1234567890123;");
    }
}
