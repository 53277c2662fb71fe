package io.secgroupd.controlplane.http;

import io.netty.util.concurrent.DefaultThreadFactory;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The threads on which requests are answered. Whatever happens there, the client gets an answer. */
final class Workers {

    private static final Logger LOG = LoggerFactory.getLogger(Workers.class);

    private static final long IDLE_SECONDS = 60;

    private final HttpEndpoint endpoint;
    private final ThreadPoolExecutor threads;

    Workers(HttpEndpoint endpoint, HttpLimits limits) {
        this.endpoint = endpoint;
        this.threads = new ThreadPoolExecutor(
                limits.workers(),
                limits.workers(),
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(limits.waiting()),
                new DefaultThreadFactory("http-worker", true));
        threads.allowCoreThreadTimeOut(true);
    }

    /**
     * Answers later, on another thread.
     *
     * @return false when too many requests wait already; nothing is called then
     */
    boolean answer(HttpCall call, Consumer<HttpReply> then) {
        try {
            threads.execute(() -> handOver(reply(call), then));
            return true;
        } catch (RejectedExecutionException full) {
            return false;
        }
    }

    /**
     * Has a request answered when its event comes, if it is one that waits for an event.
     *
     * @return cancelled by the caller when nobody waits for the answer any longer; empty when {@link #answer} is to be called
     */
    Optional<CompletableFuture<HttpReply>> later(HttpCall call, Consumer<HttpReply> then) {
        Optional<CompletableFuture<HttpReply>> awaited;
        try {
            awaited = endpoint.later(call);
        } catch (RuntimeException fault) {
            awaited = Optional.of(CompletableFuture.failedFuture(fault));
        }
        var unused = awaited.map(reply -> reply.whenComplete((done, fault) -> {
            if (!(fault instanceof CancellationException)) {
                handOver(fault == null ? done : failed(call, fault), then);
            }
        }));
        return awaited;
    }

    private static void handOver(HttpReply reply, Consumer<HttpReply> then) {
        try {
            then.accept(reply);
        } catch (RejectedExecutionException ended) {
            LOG.debug("http.late: the server has closed before an answer was ready");
        }
    }

    // A request must not be able to end a thread, so errors such as an overflow of the stack are caught too.
    @SuppressWarnings("CatchingUnchecked")
    private HttpReply reply(HttpCall call) {
        try {
            return endpoint.answer(call);
        } catch (RuntimeException | Error fault) {
            return failed(call, fault);
        }
    }

    private HttpReply failed(HttpCall call, Throwable fault) {
        LOG.error("http.failed {}", call, fault);
        return refusal(new HttpRefusal(500, "The server failed on this request; its log says why."));
    }

    HttpReply refusal(HttpRefusal refusal) {
        try {
            return endpoint.refusal(refusal.status(), refusal.sentence());
        } catch (RuntimeException fault) {
            LOG.error("http.failed refusal {}", refusal.status(), fault);
            byte[] body = refusal.sentence().getBytes(StandardCharsets.UTF_8);
            return new HttpReply(refusal.status(), "text/plain; charset=utf-8", body);
        }
    }

    /** Takes no more requests; those that were taken are answered. */
    void close() {
        threads.shutdown();
    }
}
