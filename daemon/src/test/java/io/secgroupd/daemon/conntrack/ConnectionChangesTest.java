package io.secgroupd.daemon.conntrack;

import static io.secgroupd.daemon.conntrack.ConnectionListingTest.ONE;
import static io.secgroupd.daemon.conntrack.ConnectionListingTest.SIX;
import static io.secgroupd.daemon.conntrack.ConnectionListingTest.THREE;
import static io.secgroupd.daemon.conntrack.ConnectionListingTest.TWO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.secgroupd.daemon.netlink.Errno;
import io.secgroupd.daemon.netlink.KernelBytes;
import io.secgroupd.daemon.netlink.NetlinkException;
import io.secgroupd.rules.net.Family;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is asked of the kernel's table of connections, and what its answers are taken for. */
class ConnectionChangesTest {

    private final FakeConntrack kernel = new FakeConntrack().with(ONE, TWO, SIX, THREE);

    @Test
    void setsAndClearsOneBitOfAMarkAndNoOther() throws IOException {
        kernel.connections().set(0, ONE.marked(0x0000_00ff));

        changeEach(Family.IPV4, (table, entry) -> table.mark(Family.IPV4, entry, 0x4000_0000, true));
        assertThat(marks()).containsExactly(0x4000_00ff, 0x4000_0000, 0, 0x4000_0000);

        changeEach(Family.IPV4, (table, entry) -> table.mark(Family.IPV4, entry, 0x4000_0000, false));
        assertThat(marks()).containsExactly(0xff, 0, 0, 0);
    }

    @Test
    void changesTheEntryOfTheZoneThatWasListed() throws IOException {
        kernel.connections().clear();
        kernel.with(ONE.inZone(7));

        assertThat(changeEach(Family.IPV4, (table, entry) -> table.delete(Family.IPV4, entry)))
                .containsExactly(true);
        assertThat(kernel.connections()).isEmpty();
    }

    @Test
    void namesAnEntryOfIpv6ToTheKernel() throws IOException {
        changeEach(Family.IPV6, (table, entry) -> table.delete(Family.IPV6, entry));

        assertThat(kernel.connections()).containsExactly(ONE, TWO, THREE);
    }

    @Test
    void doesNotMindAConnectionThatHasEndedMeanwhile() throws IOException {
        kernel.refuseChanges(Errno.ENOENT);

        assertThat(changeEach(Family.IPV4, (table, entry) -> table.mark(Family.IPV4, entry, 1, true)))
                .containsOnly(false);
        assertThat(changeEach(Family.IPV4, (table, entry) -> table.delete(Family.IPV4, entry)))
                .containsOnly(false);
    }

    @ParameterizedTest
    @CsvSource({"1, EPERM", "16, EBUSY", "95, EOPNOTSUPP"})
    void saysWhyTheKernelChangesNothing(int errno, String name) {
        kernel.refuseChanges(errno);

        assertThatExceptionOfType(NetlinkException.class)
                .isThrownBy(() -> changeEach(Family.IPV4, (table, entry) -> table.mark(Family.IPV4, entry, 1, true)))
                .withMessage("marking a connection failed: " + name)
                .satisfies(refused -> assertThat(refused.errno()).isEqualTo(errno));
        assertThatIOException()
                .isThrownBy(() -> changeEach(Family.IPV4, (table, entry) -> table.delete(Family.IPV4, entry)))
                .withMessage("deleting a connection failed: " + name);
    }

    @Test
    void passesOverAnswersToEarlierChanges() throws IOException {
        try (ConnectionTable table = ConnectionTable.open(kernel)) {
            kernel.opened().get(1).tell(KernelBytes.error(0, Errno.EBUSY));
            List<Boolean> done = new ArrayList<>();
            table.forEach(Family.IPV6, (connection, entry) -> done.add(table.delete(Family.IPV6, entry)));
            assertThat(done).containsExactly(true);
        }
    }

    private interface EntryChange {
        boolean make(ConnectionTable table, ConnectionMessage entry) throws IOException;
    }

    private List<Boolean> changeEach(Family family, EntryChange change) throws IOException {
        List<Boolean> done = new ArrayList<>();
        try (ConnectionTable table = ConnectionTable.open(kernel)) {
            table.forEach(family, (connection, entry) -> done.add(change.make(table, entry)));
        }
        return done;
    }

    private List<Integer> marks() {
        return kernel.connections().stream().map(Connection::mark).toList();
    }
}
