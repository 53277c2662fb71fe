package io.secgroupd.daemon.hooks;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.secgroupd.daemon.terms.JudgedHooks;
import org.junit.jupiter.api.Test;

class SkeletonSettingsTest {

    @Test
    void refusesQueuesPastTheLastNumber() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SkeletonSettings(JudgedHooks.HOST, 65535, 1, false, 1))
                .withMessageContaining("1 queues from 65535");
    }

    @Test
    void refusesACutMarkOfTwoBits() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SkeletonSettings(JudgedHooks.HOST, 0, 1, false, 3))
                .withMessageContaining("single bit");
    }
}
