package io.secgroupd.controlplane.console;

import io.secgroupd.controlplane.console.api.ApiReply;
import io.secgroupd.controlplane.console.api.BadCallException;
import io.secgroupd.controlplane.http.HttpCall;
import io.secgroupd.controlplane.http.HttpReply;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers of JSON as HTTP has them, and what is answered when there is none. */
final class JsonReplies {

    private static final Logger LOG = LoggerFactory.getLogger(JsonReplies.class);

    private static final String JSON = "application/json";

    /** No cache of a browser keeps the policy. */
    private static final Map<String, String> UNKEPT = Map.of("Cache-Control", "no-store");

    private JsonReplies() {}

    static HttpReply of(ApiReply reply) {
        return new HttpReply(reply.status(), JSON, reply.json(), SecurityHeaders.with(UNKEPT));
    }

    static HttpReply withCookie(ApiReply reply, String cookie) {
        Map<String, String> headers = new TreeMap<>(SecurityHeaders.with(UNKEPT));
        headers.put("Set-Cookie", cookie);
        return new HttpReply(reply.status(), JSON, reply.json(), headers);
    }

    static HttpReply of(int status, String sentence) {
        return of(ApiReply.refused(status, sentence));
    }

    /** What to say about a question that could not be answered. */
    static HttpReply failed(HttpCall call, Throwable fault) {
        if (fault instanceof CompletionException wrapped && wrapped.getCause() != null) {
            return failed(call, wrapped.getCause());
        }
        if (fault instanceof DeniedException refused) {
            return of(refused.reply());
        }
        if (fault instanceof BadCallException bad) {
            return of(400, bad.sentence());
        }
        if (fault instanceof IOException || fault instanceof UncheckedIOException) {
            return of(503, String.valueOf(fault.getMessage()));
        }
        LOG.error("console.failed {}", call, fault);
        return of(500, "The server failed on this request; its log says why.");
    }
}
