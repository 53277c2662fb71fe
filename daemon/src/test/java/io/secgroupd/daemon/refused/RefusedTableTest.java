package io.secgroupd.daemon.refused;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.secgroupd.daemon.netlink.Errno;
import io.secgroupd.daemon.netlink.FakeChannel;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class RefusedTableTest {

    private static final RefusedKey V4 = Refused.key("198.51.100.7", 22);
    private static final RefusedKey V6 = Refused.key("2001:db8:ffff::7", 22);

    private final FakeNftables kernel = new FakeNftables();

    @Test
    void theTableIsMadeInOneTransactionWithAnEmptyPage() throws IOException {
        RefusedTable.open(kernel, 1, LookupPlace.EARLY);

        assertThat(kernel.done())
                .containsExactly(
                        "table secgroupd-refused",
                        "chain early",
                        "chain translated",
                        "set ipv4-1",
                        "set ipv6-1",
                        "rule ipv4-1 early",
                        "rule ipv4-1 translated",
                        "rule ipv6-1 early",
                        "rule ipv6-1 translated");
        assertThat(kernel.compares())
                .as("the rules are only tried, as an empty page would be asked for each packet")
                .isFalse();
    }

    @Test
    void aKeyOfEitherFamilyIsDroppedUntilAnotherPageIsLookedAt() throws IOException {
        RefusedTable table = RefusedTable.open(kernel, 1, LookupPlace.EARLY);
        table.addFirst(1, LookupPlace.EARLY, List.of(V4));
        table.add(1, List.of(V6));
        assertThat(kernel.drops(V4)).isTrue();
        assertThat(kernel.drops(V6)).isTrue();

        table.turnToEmpty(2);

        assertThat(kernel.drops(V4)).isFalse();
        assertThat(kernel.drops(V6)).isFalse();
        assertThat(kernel.compares()).isFalse();
    }

    @Test
    void onAHostThatTranslatesTheRulesStandBehindTheTranslation() throws IOException {
        RefusedTable table = RefusedTable.open(kernel, 1, LookupPlace.TRANSLATED);
        assertThat(kernel.done()).contains("rule ipv4-1 translated").doesNotContain("rule ipv4-1 early");

        table.turnToEmpty(2);
        table.addFirst(2, LookupPlace.EARLY, List.of(V4));

        assertThat(kernel.done()).contains("rule ipv4-2 early", "rule ipv6-2 early");
    }

    @Test
    void aPageThatWasReadIsRemovedWithoutTouchingTheNext() throws IOException {
        RefusedTable table = RefusedTable.open(kernel, 1, LookupPlace.EARLY);
        table.turnToEmpty(2);
        table.addFirst(2, LookupPlace.EARLY, List.of(V4));

        table.remove(1);

        assertThat(kernel.sets()).isEqualTo(2);
        assertThat(kernel.drops(V4)).isTrue();
    }

    @Test
    void whatTheKernelRefusesIsToldAndTheSocketIsNotLeftOpen() {
        kernel.refuse(Errno.EOPNOTSUPP);

        assertThatThrownBy(() -> RefusedTable.open(kernel, 1, LookupPlace.EARLY))
                .hasMessage("making the table of refused keys failed: EOPNOTSUPP");

        assertThat(kernel.opened()).allMatch(FakeChannel::isClosed);
    }

    @Test
    void aTrialChangesNothing() throws IOException {
        RefusedTable.tryOut(kernel);

        assertThat(kernel.done()).isEmpty();
        assertThat(kernel.opened()).allMatch(FakeChannel::isClosed);
    }

    @Test
    void aTrialTellsWhatThisKernelLacks() {
        kernel.refuse(Errno.EOPNOTSUPP);

        assertThat(RefusalCache.obstacle(kernel))
                .hasValueSatisfying(why -> assertThat(why).endsWith("EOPNOTSUPP"));
        assertThat(RefusalCache.obstacle(new FakeNftables())).isEmpty();
    }

    @Test
    void aKernelThatDoesNotAnswerIsNoConsent() {
        assertThatThrownBy(() -> RefusedTable.open(
                        (family, groups) -> new FakeChannel(request -> List.of()), 1, LookupPlace.EARLY))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("was not answered");
    }
}
