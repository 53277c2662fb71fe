package io.secgroupd.daemon.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.buffer.ByteBuf;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.LastHttpContent;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The past of the flow log, as clients of the socket get it. */
class AdminLogTest extends AdminServerFixture {

    @Test
    void linesOfTheTimeThatIsAskedForCome() throws IOException {
        daemon.loggedLines = 3;
        serve(LONG, false);
        Instant before = Instant.now();

        String answer = allThatIsAnsweredTo("GET /log?since=60 HTTP/1.1\r\n\r\n");

        assertThat(answer)
                .startsWith("HTTP/1.1 200")
                .contains("application/x-ndjson", "{\"seq\":0}\n", "{\"seq\":2}\n")
                .endsWith("\r\n0\r\n\r\n");
        assertThat(daemon.logFrom)
                .isBetween(before.minusSeconds(61), Instant.now().minusSeconds(59));
    }

    @Test
    void logWithoutLinesIsAWholeAnswer() throws IOException {
        serve(LONG, true);

        assertThat(allThatIsAnsweredTo("GET /log?since=60 HTTP/1.1\r\n\r\n"))
                .startsWith("HTTP/1.1 200")
                .endsWith("\r\n\r\n0\r\n\r\n");
    }

    @Test
    void logThatCannotBeReadIsARefusalWithTheReason() throws IOException {
        daemon.broken = true;
        serve(LONG, true);

        assertThat(ask("GET", "/log?since=60").body()).contains("the flow log cannot be read: flows.log is no file");
    }

    @Test
    void logThatFailsOnTheWayBreaksOff() throws IOException {
        daemon.loggedLines = 1;
        daemon.broken = true;
        serve(LONG, true);

        assertThat(allThatIsAnsweredTo("GET /log?since=60 HTTP/1.1\r\n\r\n"))
                .contains("{\"seq\":0}\n")
                .doesNotContain("\r\n0\r\n\r\n");
    }

    @Test
    void clientThatDoesNotReadEndsTheReadingAndDelaysNobodyElse() throws Exception {
        daemon.loggedLines = 1_000_000;
        serve(SHORT, true);
        SocketChannel slow = connect();
        write(slow, "GET /log?since=60 HTTP/1.1\r\n\r\n");

        assertThat(ask("GET", "/rules").status()).isEqualTo(200);
        await().until(() -> {
            daemon.loggedLines = 0;
            return ask("GET", "/log?since=60").status() == 200; // until then somebody else is served
        });
        assertThat(daemon.logRead.await(1, TimeUnit.MINUTES)).isTrue();
    }

    @Test
    void longLogBreaksOff() {
        var channel = new EmbeddedChannel();
        daemon.loggedLines = 100;

        new LogAnswer(channel, Duration.ofMinutes(1), 500).send(daemon, Instant.EPOCH);

        long sent = channel.outboundMessages().stream()
                .filter(HttpContent.class::isInstance)
                .map(part -> ((HttpContent) part).content())
                .mapToLong(ByteBuf::readableBytes)
                .sum();
        assertThat(sent).isBetween(480L, 500L);
        assertThat(channel.outboundMessages()).noneMatch(LastHttpContent.class::isInstance);
        assertThat(channel.isOpen()).isFalse();
    }
}
