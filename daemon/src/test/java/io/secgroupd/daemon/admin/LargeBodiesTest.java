package io.secgroupd.daemon.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.channel.embedded.EmbeddedChannel;
import io.secgroupd.controlplane.fleet.feed.FeedLimits;
import io.secgroupd.daemon.admin.AdminClient.Reply;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A revision as large as a fleet may have one, and a heap that has no room for it. */
class LargeBodiesTest extends AdminServerFixture {

    private static final long LENGTH = 64L << 20;

    @Test
    void theLargestRevisionOfAFleetIsTaken() throws IOException {
        Path rules = Path.of("/etc/secgroupd/rules.yaml");
        var list = new byte[(int) FeedLimits.POLICY];
        list[list.length - 1] = 1;
        daemon.sound = true;
        opened(new AdminServer(daemon, followers)).listenForPull(opened(new SocketFile(socket, group())));
        var revision = new GuardRequest(rules, Map.of(rules, list), "before", "after", Optional.empty());

        Reply reply =
                new AdminClient(socket).ask("POST", "/try?confirm=9", "application/json", GuardJson.write(revision));

        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        assertThat(Objects.requireNonNull(daemon.asked).files().get(rules)).isEqualTo(list);
    }

    @Test
    void whatTheHeapHasNoRoomForIsRefusedInWords() {
        var large = new LargeBodies(() -> 3 * LENGTH);

        assertThat(large.objection(new EmbeddedChannel(), LENGTH))
                .get()
                .returns(413, answer -> answer.status().code())
                .extracting(Answer::body)
                .asString()
                .contains("no memory for a request of 64 MiB", "SECGROUPD_HEAP");
    }

    @Test
    void oneIsTakenAtATime() {
        var large = new LargeBodies(() -> 4 * LENGTH);
        var first = new EmbeddedChannel();

        assertThat(large.objection(first, LENGTH)).isEmpty();
        assertThat(large.objection(new EmbeddedChannel(), LENGTH))
                .get()
                .returns(503, answer -> answer.status().code());
        var unused = first.close();
        await().until(() -> large.objection(new EmbeddedChannel(), LENGTH).isEmpty());
    }
}
