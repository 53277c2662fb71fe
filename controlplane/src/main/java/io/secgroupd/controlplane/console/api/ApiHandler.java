package io.secgroupd.controlplane.console.api;

import java.io.IOException;

/** Answers one kind of question. */
@FunctionalInterface
public interface ApiHandler {

    /**
     * Answers; it is called by several worker threads at a time and may take long.
     *
     * @throws BadCallException when the question makes no sense
     * @throws IOException      with a sentence for people, when the store or the daemon cannot be asked
     */
    ApiReply answer(ApiCall call) throws IOException;
}
