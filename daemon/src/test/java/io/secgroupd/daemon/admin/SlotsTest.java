package io.secgroupd.daemon.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SlotsTest {

    @Test
    void oneUserLeavesSomeToOthers() {
        var slots = new Slots(4, 2);

        assertThat(IntStream.range(0, 4).filter(i -> slots.take(1000)).count()).isEqualTo(2);
        assertThat(slots.take(1001)).isTrue();
        assertThat(slots.take(1002)).isTrue();
        assertThat(slots.take(1003)).isFalse();
    }

    @Test
    void whatIsGivenBackCanBeTakenAgain() {
        var slots = new Slots(2, 1);
        assertThat(slots.take(1000)).isTrue();
        assertThat(slots.take(1000)).isFalse();

        slots.free(1000);

        assertThat(slots.take(1000)).isTrue();
        assertThat(slots.take(1001)).isTrue();
    }
}
