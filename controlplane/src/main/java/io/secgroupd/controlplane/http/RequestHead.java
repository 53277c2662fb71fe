package io.secgroupd.controlplane.http;

import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpLineException;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Checks line and header lines of a request before any of its body is kept. */
final class RequestHead {

    private static final String CONTINUE = "100-continue";

    private final HostCheck hosts;
    private final HttpLimits limits;

    RequestHead(HostCheck hosts, HttpLimits limits) {
        this.hosts = hosts;
        this.limits = limits;
    }

    /** Why a request is refused, or empty when its body may come. */
    Optional<HttpRefusal> refusal(HttpRequest head, InetAddress here) {
        return form(head)
                .or(() -> hosts.refusal(head.headers().getAll(HttpHeaderNames.HOST), here))
                .or(() -> expectation(head))
                .or(() -> length(head));
    }

    private static Optional<HttpRefusal> form(HttpRequest head) {
        if (head.decoderResult().isFailure()) {
            return Optional.of(unreadable(head.decoderResult().cause()));
        }
        if (!head.protocolVersion().equals(HttpVersion.HTTP_1_1)
                && !head.protocolVersion().equals(HttpVersion.HTTP_1_0)) {
            return Optional.of(new HttpRefusal(505, "This server speaks HTTP/1.1."));
        }
        if (!head.uri().startsWith("/") || head.uri().chars().anyMatch(c -> c <= ' ' || c > '~')) {
            return Optional.of(new HttpRefusal(400, "The target of a request begins with a slash and is plain ASCII."));
        }
        return ambiguous(head.headers())
                ? Optional.of(new HttpRefusal(400, "The length of the body is given in more than one way."))
                : Optional.empty();
    }

    /** A proxy in between could see another end of this request than this server, and another request behind it. */
    private static boolean ambiguous(HttpHeaders headers) {
        List<String> encodings = headers.getAll(HttpHeaderNames.TRANSFER_ENCODING);
        boolean plain = encodings.isEmpty()
                || (encodings.size() == 1 && encodings.get(0).equalsIgnoreCase("chunked"));
        return !plain || (!encodings.isEmpty() && headers.contains(HttpHeaderNames.CONTENT_LENGTH));
    }

    /** What is wrong with a request that the decoder gave up on. */
    static HttpRefusal unreadable(Throwable cause) {
        if (cause instanceof TooLongHttpLineException) {
            return new HttpRefusal(414, "The target of the request is longer than allowed.");
        }
        return cause instanceof TooLongFrameException
                ? new HttpRefusal(431, "The header lines of the request are longer than allowed.")
                : new HttpRefusal(400, "This is not a request of HTTP/1.1.");
    }

    private static Optional<HttpRefusal> expectation(HttpRequest head) {
        List<String> expected = head.headers().getAll(HttpHeaderNames.EXPECT);
        return expected.isEmpty() || isContinue(expected)
                ? Optional.empty()
                : Optional.of(new HttpRefusal(417, "The only expectation that can be met is " + CONTINUE + "."));
    }

    private static boolean isContinue(List<String> expected) {
        return expected.size() == 1 && expected.get(0).equalsIgnoreCase(CONTINUE);
    }

    private Optional<HttpRefusal> length(HttpRequest head) {
        return HttpUtil.getContentLength(head, 0L) > limits.body() ? Optional.of(tooLarge()) : Optional.empty();
    }

    static HttpRefusal tooLarge() {
        return new HttpRefusal(413, "The body of the request is larger than allowed.");
    }

    /** Whether the client waits for a word before it sends the body. A client of HTTP/1.0 would take it for the answer. */
    static boolean awaitsContinue(HttpRequest head) {
        return head.protocolVersion().equals(HttpVersion.HTTP_1_1)
                && isContinue(head.headers().getAll(HttpHeaderNames.EXPECT));
    }

    /** The header lines in the order received. */
    static List<HttpField> fields(HttpRequest head) {
        return head.headers().entries().stream()
                .map((Map.Entry<String, String> line) -> new HttpField(line.getKey(), line.getValue()))
                .toList();
    }
}
