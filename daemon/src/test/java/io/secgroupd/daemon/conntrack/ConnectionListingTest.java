package io.secgroupd.daemon.conntrack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.secgroupd.daemon.netlink.Errno;
import io.secgroupd.daemon.netlink.FakeChannel;
import io.secgroupd.daemon.netlink.KernelBytes;
import io.secgroupd.daemon.netlink.OverrunException;
import io.secgroupd.rules.net.Family;
import io.secgroupd.rules.net.FlowTuple;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the kernel's listings of connections are taken for, whole or not. */
class ConnectionListingTest {

    static final Connection ONE = Connection.tcp("192.0.2.1", 40001, "10.0.1.10", 22);
    static final Connection TWO = Connection.udp("192.0.2.2", 40002, "10.0.1.10", 53);
    static final Connection THREE = Connection.tcp("192.0.2.3", 40003, "10.0.1.10", 443);
    static final Connection SIX = Connection.tcp("2001:db8::9", 40004, "2001:db8:1::10", 22);

    private final FakeConntrack kernel = new FakeConntrack().with(ONE, TWO, SIX, THREE);

    @Test
    void listsOneFamilyOverSeveralDatagrams() throws IOException {
        assertThat(list(Family.IPV4)).containsExactly(ONE.opened(), TWO.opened(), THREE.opened());
        assertThat(list(Family.IPV6)).containsExactly(SIX.opened());
    }

    @Test
    void goesOnBehindAnEntryThatSaysTooLittle() throws IOException {
        kernel.spoil(datagrams -> {
            byte[] nothing = KernelBytes.netfilter(Ctnetlink.NEW, KernelBytes.MULTI, 1, Ctnetlink.INET);
            return before(datagrams, KernelBytes.join(nothing, FakeConntrack.message(SIX, 1)));
        });

        assertThat(list(Family.IPV4)).containsExactly(SIX.opened(), ONE.opened(), TWO.opened(), THREE.opened());
    }

    @ParameterizedTest
    @CsvSource({"1, EPERM", "2, ENOENT", "16, EBUSY", "105, ENOBUFS", "71, errno 71"})
    void saysWhyTheKernelListsNothing(int errno, String name) {
        kernel.spoil(datagrams -> List.of(KernelBytes.error(1, errno)));

        listingFailsWith("listing connections failed: " + name);
    }

    /** The end of a listing carries what ended it: entries may be missing then, and a cut connection would live on. */
    @Test
    void isNoWholeListingThatEndsWithAnError() {
        kernel.spoil(datagrams -> replaceLast(datagrams, KernelBytes.done(1, Errno.ENOMEM)));

        listingFailsWith("listing connections failed: ENOMEM");
    }

    @Test
    void isNoWholeListingThatIsCutOffInTheMiddleOfAMessage() {
        kernel.spoil(datagrams -> {
            List<byte[]> cut = new ArrayList<>(datagrams);
            cut.set(0, Arrays.copyOf(cut.get(0), cut.get(0).length - 4));
            return cut;
        });

        listingFailsWith("the kernel's answer about connections was cut off");
    }

    @Test
    void isNoWholeListingThatHasNoEnd() {
        kernel.spoil(datagrams -> datagrams.subList(0, 2));

        listingFailsWith("the kernel stopped in the middle of an answer about connections");
    }

    @Test
    void isNoWholeListingOfWhichTheKernelThrewAPartAway() {
        kernel.spoil(datagrams -> before(datagrams, FakeChannel.OVERRUN));

        assertThatExceptionOfType(OverrunException.class).isThrownBy(() -> list(Family.IPV4));
    }

    @Test
    void listsAgainWhatWasInterrupted() throws IOException {
        kernel.spoil(new Interruptions(2));

        assertThat(list(Family.IPV4)).contains(ONE.opened(), TWO.opened(), THREE.opened());
    }

    @Test
    void givesUpOnATableThatNeverHoldsStill() {
        kernel.spoil(new Interruptions(Integer.MAX_VALUE));

        listingFailsWith("the table of connections changed its shape during every listing");
    }

    /** Flags the last entry of so many listings, and leaves the first entries of those out. */
    private static final class Interruptions implements UnaryOperator<List<byte[]>> {
        private int left;

        Interruptions(int times) {
            left = times;
        }

        @Override
        public List<byte[]> apply(List<byte[]> datagrams) {
            if (left == 0) {
                return datagrams;
            }
            left--;
            byte[] last = datagrams.get(datagrams.size() - 2);
            last[6] |= KernelBytes.INTERRUPTED;
            return datagrams.subList(datagrams.size() - 2, datagrams.size());
        }
    }

    @Test
    void saysThatTheKernelHasNoRoomForARequest() throws IOException {
        try (ConnectionTable table = ConnectionTable.open(kernel)) {
            kernel.opened().get(0).fill();
            assertThatIOException()
                    .isThrownBy(() -> table.forEach(Family.IPV4, (connection, entry) -> {}))
                    .withMessage("listing connections failed: ENOBUFS");
        }
    }

    @Test
    void leavesNoSocketOpen() throws IOException {
        list(Family.IPV4);
        kernel.refuseOpening(4);
        assertThatIOException().isThrownBy(() -> ConnectionTable.open(kernel));

        assertThat(kernel.opened()).hasSize(3).allMatch(FakeChannel::isClosed);
    }

    private List<FlowTuple> list(Family family) throws IOException {
        List<FlowTuple> flows = new ArrayList<>();
        try (ConnectionTable table = ConnectionTable.open(kernel)) {
            table.forEach(family, (connection, entry) -> flows.add(connection.opened()));
        }
        return flows;
    }

    private void listingFailsWith(String message) {
        assertThatIOException().isThrownBy(() -> list(Family.IPV4)).withMessage(message);
    }

    private static List<byte[]> before(List<byte[]> datagrams, byte[] added) {
        List<byte[]> all = new ArrayList<>(List.of(added));
        all.addAll(datagrams);
        return all;
    }

    private static List<byte[]> replaceLast(List<byte[]> datagrams, byte[] last) {
        List<byte[]> all = new ArrayList<>(datagrams.subList(0, datagrams.size() - 1));
        all.add(last);
        return all;
    }
}
