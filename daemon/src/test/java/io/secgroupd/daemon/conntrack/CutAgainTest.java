package io.secgroupd.daemon.conntrack;

import static io.secgroupd.daemon.conntrack.CutHost.CUT;
import static io.secgroupd.daemon.conntrack.CutHost.HTTPS;
import static io.secgroupd.daemon.conntrack.CutHost.HTTPS_6;
import static io.secgroupd.daemon.conntrack.CutHost.SSH;
import static io.secgroupd.daemon.conntrack.CutHost.SSH_ALONE;
import static io.secgroupd.daemon.conntrack.CutHost.TUNNEL;
import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.daemon.conntrack.LiveConnections.Again;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** What was cut is looked at again: another program may have written its mark anew. */
class CutAgainTest {

    private final FakeConntrack kernel = new FakeConntrack();
    private final FakeSockets sockets = kernel.sockets();
    private final LiveConnections live = CutHost.live(kernel, CUT);

    @Test
    void marksAgainWhatAnotherProgramHasUnmarked() throws IOException {
        kernel.with(HTTPS, SSH);
        live.follow(SSH_ALONE);
        unmarkAll(0x2);

        assertThat(live.verify(false)).isEqualTo(new Again(1, 1));
        assertThat(kernel.connections()).containsExactly(HTTPS.marked(CUT | 0x2), SSH.marked(0x2));
        assertThat(live.verify(false)).isEqualTo(new Again(1, 0));
    }

    @Test
    void forgetsWhatCannotComeBack() throws IOException {
        kernel.with(TUNNEL, HTTPS, HTTPS_6);
        sockets.connected(HTTPS.answered());
        live.follow(SSH_ALONE);
        unmarkAll(0);

        assertThat(live.verify(false)).isEqualTo(new Again(3, 3));

        assertThat(kernel.connections())
                .as("of UDP the next packet is a first one, and HTTPS has no socket any more")
                .containsExactly(HTTPS_6.marked(CUT));
    }

    @Test
    void forgetsWhatIsMarkedStillWhenTheMarkIsNotTrusted() throws IOException {
        kernel.with(TUNNEL, HTTPS);
        live.follow(SSH_ALONE);

        assertThat(live.verify(true)).isEqualTo(new Again(2, 0));

        assertThat(kernel.connections()).containsExactly(HTTPS.marked(CUT));
    }

    /** Its reset ended the entry; then the server's next segment began another one, which seems to be its own. */
    @Test
    void marksACutConnectionThatTheOtherEndHasPickedUp() throws IOException {
        kernel.with(HTTPS);
        live.follow(SSH_ALONE);
        kernel.connections().set(0, Connection.of(HTTPS.answered()).pickedUp());

        assertThat(live.verify(false)).isEqualTo(new Again(1, 1));
        assertThat(kernel.connections()).extracting(Connection::mark).containsExactly(CUT);
    }

    @Test
    void hasNothingToLookAtWhenAllHasEnded() throws IOException {
        kernel.with(HTTPS);
        live.follow(SSH_ALONE);
        kernel.connections().clear();

        assertThat(live.verify(false)).isEqualTo(new Again(0, 0));
        assertThat(live.cutFlows()).as("it may be picked up").containsExactly(HTTPS.opened());
    }

    @Test
    void endsSocketsAndEntriesWhereNoMarkIsKnown() throws IOException {
        LiveConnections unmarked = CutHost.live(kernel, 0);
        kernel.with(TUNNEL, HTTPS);
        sockets.connected(TUNNEL.answered()).connected(HTTPS.answered());

        assertThat(unmarked.follow(SSH_ALONE).destroyed()).isEqualTo(2);
        unmarked.verify(false);

        assertThat(kernel.connections()).isEmpty();
        assertThat(sockets.count()).isZero();
    }

    /** As {@code CONNMARK --set-mark} without a mask does it. */
    private void unmarkAll(int mark) {
        kernel.connections().replaceAll(connection -> connection.marked(mark));
    }
}
