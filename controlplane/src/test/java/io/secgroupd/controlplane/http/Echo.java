package io.secgroupd.controlplane.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** An endpoint that answers with what it was asked, and refuses in a form of its own. */
final class Echo implements HttpEndpoint {

    private final Function<HttpCall, String> body;

    Echo(Function<HttpCall, String> body) {
        this.body = body;
    }

    Echo() {
        this(call -> call.method() + " " + call.path() + " ? " + call.query() + " : "
                + new String(call.body(), StandardCharsets.ISO_8859_1));
    }

    @Override
    public HttpReply answer(HttpCall call) {
        byte[] bytes = body.apply(call).getBytes(StandardCharsets.ISO_8859_1);
        return new HttpReply(200, "text/xml", bytes, Map.of("x-request", "1"));
    }

    @Override
    public HttpReply refusal(int status, String sentence) {
        return new HttpReply(
                status, "text/xml", ("<No>" + sentence + "</No>").getBytes(StandardCharsets.UTF_8), Map.of());
    }

    static HttpServer serve(HttpEndpoint endpoint, HttpLimits limits, String... hosts) throws IOException {
        var settings = new HttpServerSettings(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), Optional.empty(), List.of(hosts));
        return HttpServer.start(settings, limits, endpoint);
    }
}
