package io.secgroupd.daemon.admin;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.LastHttpContent;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends lines of the flow log as they are read, no faster than the client takes them, so that nothing piles up. The answer
 * of a log that is longer than {@link #LONGEST} breaks off, which HTTP lets the client notice.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a connection that fails while it is closed is closed
final class LogAnswer extends OutputStream {

    /** Some three million lines. */
    static final long LONGEST = 1L << 30;

    private static final Logger LOG = LoggerFactory.getLogger(LogAnswer.class);

    private final Channel channel;
    private final Duration patience;
    private long left;
    private boolean begun;
    private boolean broken;

    /**
     * @param patience how long the client may take for each piece
     * @param most     bytes that are sent
     */
    LogAnswer(Channel channel, Duration patience, long most) {
        this.channel = channel;
        this.patience = patience;
        this.left = most;
    }

    /** Answers with what the log has from a time on. It takes as long as reading the files and the client do. */
    void send(AdminApi api, Instant from) {
        try {
            api.log(from, this);
            if (broken) { // writers of text do not pass it on
                channel.close();
                return;
            }
            begin();
            channel.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT).addListener(ChannelFutureListener.CLOSE);
        } catch (IOException e) {
            refuse(HttpResponseStatus.UNPROCESSABLE_ENTITY, "the flow log cannot be read: " + e.getMessage());
        } catch (RuntimeException fault) {
            LOG.error("admin.failed GET {}", LogQuery.PATH, fault);
            refuse(HttpResponseStatus.INTERNAL_SERVER_ERROR, "internal error: " + fault);
        }
    }

    private void refuse(HttpResponseStatus status, String sentence) {
        if (begun) {
            channel.close();
        } else {
            AdminConnection.send(channel, Answer.error(status, sentence));
        }
    }

    private void begin() throws IOException {
        if (!begun) {
            begun = true;
            deliver(AdminConnection.linesToCome());
        }
    }

    @Override
    public void write(int octet) throws IOException {
        write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        begin();
        left -= length;
        if (left < 0) {
            broken = true;
            throw new IOException("the log of this time is too long");
        }
        deliver(new DefaultHttpContent(Unpooled.copiedBuffer(bytes, offset, length)));
    }

    private void deliver(HttpObject part) throws IOException {
        try {
            var written = channel.writeAndFlush(part);
            if (!broken && written.await(patience.toNanos(), TimeUnit.NANOSECONDS) && written.isSuccess()) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        broken = true;
        throw new IOException("the client is gone, or does not read");
    }
}
