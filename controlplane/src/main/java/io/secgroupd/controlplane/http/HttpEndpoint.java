package io.secgroupd.controlplane.http;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Decides what is answered. */
public interface HttpEndpoint {

    /**
     * The answer of a request that waits for an event, so that thousands of them need no thread each. It is called by the thread
     * that serves all connections, and must not wait for anything. The future is cancelled when the client goes away.
     *
     * @return empty when {@link #answer} is to be called
     */
    default Optional<CompletableFuture<HttpReply>> later(HttpCall call) {
        return Optional.empty();
    }

    /**
     * Answers a request. It is called by several worker threads at a time and may take long; when it throws, the client
     * gets {@link #refusal} with the status 500.
     */
    HttpReply answer(HttpCall call);

    /**
     * The form of a refusal that the server itself decides on, such as of a body that is too large. It is called by the
     * thread that serves all connections too, so it must not wait for anything.
     *
     * @param status   from 400 to 599
     * @param sentence for people
     */
    HttpReply refusal(int status, String sentence);
}
