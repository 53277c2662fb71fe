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

    static HttpReply of(HttpCall call, ApiReply reply) {
        return of(call, reply, UNKEPT);
    }

    static HttpReply withCookie(HttpCall call, ApiReply reply, String cookie) {
        Map<String, String> headers = new TreeMap<>(UNKEPT);
        headers.put("Set-Cookie", cookie);
        return of(call, reply, headers);
    }

    private static HttpReply of(HttpCall call, ApiReply reply, Map<String, String> more) {
        Map<String, String> headers = new TreeMap<>(SecurityHeaders.with(more));
        if (!reply.isPacked()) {
            return new HttpReply(reply.status(), JSON, reply.bytes(), headers);
        }
        headers.put("Vary", "Accept-Encoding");
        if (!Encodings.takeGzip(call)) {
            return new HttpReply(reply.status(), JSON, reply.json(), headers);
        }
        headers.put("Content-Encoding", "gzip");
        return new HttpReply(reply.status(), JSON, reply.bytes(), headers);
    }

    private static HttpReply refused(HttpCall call, int status, String sentence) {
        return of(call, ApiReply.refused(status, sentence));
    }

    /** What to say about a question that could not be answered. */
    static HttpReply failed(HttpCall call, Throwable fault) {
        if (fault instanceof CompletionException wrapped && wrapped.getCause() != null) {
            return failed(call, wrapped.getCause());
        }
        if (fault instanceof DeniedException refused) {
            return of(call, refused.reply());
        }
        if (fault instanceof BadCallException bad) {
            return refused(call, 400, bad.sentence());
        }
        if (fault instanceof IOException || fault instanceof UncheckedIOException) {
            return refused(call, 503, String.valueOf(fault.getMessage()));
        }
        LOG.error("console.failed {}", call, fault);
        return refused(call, 500, "The server failed on this request; its log says why.");
    }
}
