package io.secgroupd.daemon.refused;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.secgroupd.daemon.netlink.Errno;
import io.secgroupd.daemon.netlink.FakeChannel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RefusalCacheTest {

    private static final RefusedKey SSH = Refused.key("198.51.100.7", 22);

    private final FakeNftables kernel = new FakeNftables();
    private final RefusalCache cache = new RefusalCache("it has not begun");

    @TempDir
    Path proc;

    @Test
    void whatIsOfferedIsRefusedByTheKernelUntilAnotherPolicyComes() throws IOException {
        try (cache) {
            cache.start(kernel, proc);
            assertThat(cache.offer(Refused.flow(SSH), cache.edition())).isTrue();
            await().until(() -> kernel.drops(SSH));

            cache.replacePolicy(edition -> assertThat(kernel.drops(SSH)).isFalse());

            assertThat(cache.offer(Refused.flow(SSH), cache.edition() - 1))
                    .as("an edition that is no longer in force")
                    .isFalse();
            assertThat(kernel.drops(SSH)).isFalse();
        }
    }

    @Test
    void attemptsAreCountedToThePacketOverTheEnd() throws IOException {
        cache.start(kernel, proc);
        cache.offer(Refused.flow(SSH), cache.edition());
        await().until(() -> kernel.drops(SSH));
        for (int i = 1; i < 1000; i++) {
            assertThat(kernel.drops(SSH)).isTrue();
        }
        assertThat(cache.status()).isEqualTo(new CacheStatus("", 1, 1000));

        cache.close();

        KernelRefusals told = Objects.requireNonNull(cache.poll());
        assertThat(told.packets()).isEqualTo(1000);
        assertThat(told.flow()).isEqualTo(Refused.flow(SSH));
        assertThat(cache.poll()).isNull();
        assertThat(cache.lost()).isZero();
        assertThat(kernel.opened()).allMatch(FakeChannel::isClosed);
    }

    @Test
    void aCacheThatIsOffOnlyPutsPoliciesInForce() {
        var inForce = new long[1];

        cache.replacePolicy(edition -> inForce[0] = edition);

        assertThat(inForce[0]).isEqualTo(cache.edition());
        assertThat(cache.turns()).isZero();
        assertThat(cache.status()).isEqualTo(new CacheStatus("it has not begun", 0, 0));
        cache.close();
    }

    @Test
    void aKernelThatCannotLeavesItOff() {
        kernel.refuse(Errno.EOPNOTSUPP);

        assertThatThrownBy(() -> cache.start(kernel, proc)).hasMessageEndingWith("EOPNOTSUPP");

        assertThat(cache.turns()).isZero();
        assertThat(kernel.opened()).allMatch(FakeChannel::isClosed);
    }

    @Test
    void aKernelThatFailsInTheMiddleIsToldAsAReason() throws IOException {
        try (cache) {
            cache.start(kernel, proc);
            cache.offer(Refused.flow(SSH), cache.edition());
            await().until(() -> kernel.drops(SSH));
            kernel.refuse(Errno.ENOMEM);

            cache.replacePolicy(edition -> {});

            assertThat(cache.turns()).isZero();
            assertThat(cache.status().why()).isEqualTo("the kernel has failed");
        }
    }
}
