package io.secgroupd.daemon.conntrack;

import static io.secgroupd.daemon.conntrack.CutHost.CUT;
import static io.secgroupd.daemon.conntrack.CutHost.HTTPS;
import static io.secgroupd.daemon.conntrack.CutHost.HTTPS_6;
import static io.secgroupd.daemon.conntrack.CutHost.NOTHING;
import static io.secgroupd.daemon.conntrack.CutHost.SSH;
import static io.secgroupd.daemon.conntrack.CutHost.SSH_ALONE;
import static io.secgroupd.daemon.conntrack.CutHost.TUNNEL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.secgroupd.daemon.netlink.Errno;
import io.secgroupd.daemon.netlink.FakeChannel;
import io.secgroupd.daemon.netlink.NetlinkException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which connections are cut, marked or destroyed when the policy of this host changes. */
class LiveConnectionsTest {

    private final FakeConntrack kernel = new FakeConntrack();
    private final FakeSockets sockets = kernel.sockets();
    private final LiveConnections live = CutHost.live(kernel, CUT);

    @Test
    void marksThoseWithoutARuleInBothFamiliesAndLeavesTheOthers() throws IOException {
        kernel.with(SSH, HTTPS, HTTPS_6, TUNNEL);

        assertThat(live.follow(SSH_ALONE)).isEqualTo(new LiveConnections.Result(4, 3, 0, 0, Optional.empty()));

        assertThat(kernel.connections())
                .containsExactly(SSH, HTTPS.marked(CUT), HTTPS_6.marked(CUT), TUNNEL.marked(CUT));
    }

    @Test
    void leavesTheBitsThatOtherProgramsSet() throws IOException {
        kernel.with(HTTPS.marked(0x3000_00ff), SSH.marked(0x8000_0001));

        live.follow(SSH_ALONE);

        assertThat(kernel.connections()).containsExactly(HTTPS.marked(0x7000_00ff), SSH.marked(0x8000_0001));
    }

    @Test
    void asksForNoChangeOfWhatIsMarkedAlready() throws IOException {
        kernel.with(HTTPS.marked(CUT));

        assertThat(live.follow(SSH_ALONE).cut()).isZero();
        assertThat(kernel.changes()).isEmpty();
    }

    @Test
    void revivesWhatALaterPolicyAllows() throws IOException {
        kernel.with(HTTPS.marked(7), TUNNEL);
        live.follow(SSH_ALONE);
        assertThat(live.cutFlows()).containsExactly(HTTPS.opened());

        LiveConnections.Result result = live.follow(CutHost.hostLetsIn("tcp 443"));

        assertThat(result.revived()).isEqualTo(1);
        assertThat(kernel.connections()).containsExactly(HTTPS.marked(7), TUNNEL.marked(CUT));
        assertThat(live.cutFlows()).isEmpty();
    }

    @Test
    void saysWhatItWouldDoAndChangesNothing() throws IOException {
        kernel.with(SSH.marked(CUT), HTTPS, TUNNEL);
        sockets.connected(HTTPS.answered());

        assertThat(live.preview(SSH_ALONE)).isEqualTo(new LiveConnections.Result(3, 2, 1, 0, Optional.empty()));

        assertThat(kernel.connections()).containsExactly(SSH.marked(CUT), HTTPS, TUNNEL);
        assertThat(sockets.count()).isEqualTo(1);
        assertThat(live.cutFlows()).isEmpty();
    }

    @Test
    void destroysTheLocalSocketsOfWhatWasCut() throws IOException {
        Connection opened = Connection.tcp(CutHost.HOST, 50000, "192.0.2.77", 25);
        kernel.with(HTTPS, opened, SSH);
        sockets.connected(HTTPS.answered())
                .connected(opened.opened())
                .connected(SSH.answered())
                .listening(HTTPS.answered());

        assertThat(live.follow(SSH_ALONE).destroyed()).isEqualTo(2);

        assertThat(sockets.count()).as("that of SSH, and the listener").isEqualTo(2);
    }

    @Test
    void findsTheSocketBehindATranslation() throws IOException {
        Connection redirected =
                Connection.tcp("192.0.2.2", 40002, "198.51.100.1", 443).answeredBy(CutHost.HOST, 8443);
        kernel.with(redirected);
        sockets.connected(redirected.answered());

        assertThat(live.follow(SSH_ALONE).destroyed()).isEqualTo(1);
        assertThat(live.cutFlows())
                .containsExactlyInAnyOrder(
                        redirected.opened(),
                        Connection.tcp("192.0.2.2", 40002, CutHost.HOST, 8443).opened());
    }

    /** The same two ends may be those of another connection there. */
    @Test
    void leavesTheSocketsOfAConnectionInAZoneOfItsOwn() throws IOException {
        kernel.with(HTTPS.inZone(3));
        sockets.connected(HTTPS.answered());

        assertThat(live.follow(SSH_ALONE).cut()).isEqualTo(1);
        assertThat(kernel.connections()).containsExactly(HTTPS.inZone(3).marked(CUT));
        assertThat(sockets.count()).isEqualTo(1);
    }

    @Test
    void cutsByTheMarkAloneWhereTheKernelDestroysNoSockets() throws IOException {
        kernel.with(HTTPS, TUNNEL);
        sockets.connected(HTTPS.answered()).connected(TUNNEL.answered()).refuseToDestroy(Errno.EOPNOTSUPP);

        LiveConnections.Result result = live.follow(SSH_ALONE);

        assertThat(result.cut()).isEqualTo(2);
        assertThat(result.destroyed()).isZero();
        assertThat(result.obstacle()).contains("destroying the socket of a cut connection failed: EOPNOTSUPP");
    }

    @Test
    void cutsByTheMarkAloneWhereTheKernelTellsOfNoSockets() throws IOException {
        kernel.with(HTTPS).refuseOpening(3);

        LiveConnections.Result result = live.follow(SSH_ALONE);

        assertThat(result.cut()).isEqualTo(1);
        assertThat(result.obstacle()).contains("socket of a netlink socket failed: EPERM");
    }

    @Test
    void countsNoConnectionThatEndsBeforeItIsMarked() throws IOException {
        kernel.with(HTTPS).refuseChanges(Errno.ENOENT);

        assertThat(live.follow(SSH_ALONE).cut()).isZero();
    }

    @Test
    void whatWasMarkedStaysMarkedWhenTheListingFails() {
        kernel.with(HTTPS, TUNNEL, SSH).spoil(datagrams -> List.of(datagrams.get(0), FakeChannel.OVERRUN));

        assertThatExceptionOfType(IOException.class).isThrownBy(() -> live.follow(NOTHING));

        assertThat(kernel.connections()).containsExactly(HTTPS.marked(CUT), TUNNEL.marked(CUT), SSH);
        assertThat(kernel.opened()).allMatch(FakeChannel::isClosed);
    }

    @Test
    void saysWhyNothingCanBeMarked() {
        kernel.with(HTTPS).refuseChanges(Errno.EPERM);

        assertThatExceptionOfType(NetlinkException.class)
                .isThrownBy(() -> live.follow(SSH_ALONE))
                .withMessage("marking a connection failed: EPERM");
    }
}
