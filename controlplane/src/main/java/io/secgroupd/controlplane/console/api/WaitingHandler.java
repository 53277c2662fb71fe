package io.secgroupd.controlplane.console.api;

import java.util.concurrent.CompletableFuture;

/** Answers a question once there is something new, so that no page needs a thread. */
@FunctionalInterface
public interface WaitingHandler {

    /**
     * Begins to wait. It is called by the thread that serves all connections and must not wait itself. The future is
     * cancelled when the page goes away.
     *
     * @throws BadCallException when the question makes no sense
     */
    CompletableFuture<ApiReply> answer(ApiCall call);
}
