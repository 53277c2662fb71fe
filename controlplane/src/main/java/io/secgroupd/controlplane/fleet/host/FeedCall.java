package io.secgroupd.controlplane.fleet.host;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A request that is on its way. The time limit is for the whole answer, and not only for its head. */
final class FeedCall<T> {

    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    private final URI server;
    private final CompletableFuture<HttpResponse<byte[]>> answer;
    private final long deadline;
    private final Parser<T> parser;

    /** Makes something of the bytes of an answer. */
    interface Parser<T> {
        T parse(byte[] bytes) throws IOException;
    }

    FeedCall(URI server, CompletableFuture<HttpResponse<byte[]>> answer, Duration time, Parser<T> parser) {
        this.server = server;
        this.answer = answer;
        this.deadline = System.nanoTime() + time.toNanos();
        this.parser = parser;
    }

    /** The answer. */
    T get() throws IOException {
        return await(Duration.ofNanos(Long.MAX_VALUE)).orElseThrow(() -> unanswered(new TimeoutException()));
    }

    /** The answer; empty when there is none within a time, and it may still come. */
    Optional<T> await(Duration time) throws IOException {
        long rest = deadline - System.nanoTime();
        boolean last = time.toNanos() >= rest;
        try {
            HttpResponse<byte[]> response =
                    answer.get(Math.max(1, Math.min(rest, time.toNanos())), TimeUnit.NANOSECONDS);
            return Optional.of(parser.parse(body(response)));
        } catch (TimeoutException e) {
            if (last) {
                cancel();
                throw unanswered(e);
            }
            return Optional.empty();
        } catch (InterruptedException e) {
            cancel();
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("The program ends.");
        } catch (CancellationException e) {
            throw new IOException("The program ends.", e);
        } catch (ExecutionException e) {
            throw new ServerLostException(server + " cannot be reached: " + reason(e) + ".", e);
        }
    }

    /** Ends the wait. */
    void cancel() {
        answer.cancel(true);
    }

    private ServerLostException unanswered(TimeoutException e) {
        return new ServerLostException(server + " does not answer.", e);
    }

    private static String reason(ExecutionException e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        String message = cause.getMessage();
        return message == null ? cause.getClass().getSimpleName() : message;
    }

    private byte[] body(HttpResponse<byte[]> response) throws FeedFailedException {
        int status = response.statusCode();
        if (status == 200) {
            return response.body();
        }
        String said = new String(response.body(), StandardCharsets.UTF_8).strip();
        String why = status == 401 ? "does not accept the token of this host" : "answers with status " + status;
        throw new FeedFailedException(server + " " + why + ": " + said, status, pause(response));
    }

    private static Duration pause(HttpResponse<byte[]> response) {
        try {
            long seconds = response.headers().firstValueAsLong("Retry-After").orElse(0);
            return Duration.ofSeconds(Math.max(0, Math.min(seconds, LONGEST_PAUSE.toSeconds())));
        } catch (NumberFormatException e) {
            return Duration.ZERO; // a date, which nothing of ours sends
        }
    }
}
