package io.secgroupd.daemon.flowlog;

import static io.secgroupd.daemon.packet.PacketBuilder.tcp;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RecentSynsTest {

    private final RecentSyns syns = new RecentSyns();

    @Test
    void whatIsRepeatedIsMarkedAmongOthers() {
        long firstSeen = IntStream.range(0, 100).filter(this::isMarked).count();
        long repeated = IntStream.range(0, 100).filter(this::isMarked).count();

        assertThat(firstSeen).isZero();
        assertThat(repeated).isGreaterThanOrEqualTo(98); // two of a hundred may have one place
    }

    @Test
    void whatIsRepeatedMoreThanOnceIsMarkedEachTime() {
        isMarked(1);

        assertThat(IntStream.range(0, 5)).allMatch(ignored -> isMarked(1));
    }

    /** Rows are used again in their order, and then the index still tells of what was there before. */
    @Test
    void noneIsMarkedForTheRowOfAnother() {
        assertThat(IntStream.range(0, 3 * RecentSyns.ROWS).filter(this::isMarked))
                .isEmpty();
        assertThat(isMarked(0)).isFalse();
    }

    @Test
    void theLastOfManyIsRemembered() {
        int many = 3 * RecentSyns.ROWS;
        IntStream.range(0, many).forEach(this::isMarked);

        assertThat(isMarked(many - 1)).isTrue();
    }

    @Test
    void itIsForgottenFortySecondsAfterItCameLast() {
        marked(1, 0);

        assertThat(marked(1, 40_000)).isTrue();
        assertThat(marked(1, 80_000)).isTrue();
        assertThat(marked(1, 120_001)).isFalse();
    }

    private boolean isMarked(int number) {
        return marked(number, 0);
    }

    /** Each number is another client. */
    private boolean marked(int number, long afterMillis) {
        String source = "10.%d.%d.7".formatted(number >> 8 & 0xff, number & 0xff);
        return syns.marked(
                Records.record(Records.NOON + afterMillis, Records.ACCEPTED, tcp(source, "10.0.2.10", 3306, "S")));
    }
}
