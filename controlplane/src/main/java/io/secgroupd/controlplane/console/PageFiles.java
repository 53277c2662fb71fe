package io.secgroupd.controlplane.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.secgroupd.controlplane.console.page.Asset;
import io.secgroupd.controlplane.console.page.Assets;
import io.secgroupd.controlplane.http.HttpCall;
import io.secgroupd.controlplane.http.HttpReply;
import java.util.Map;
import java.util.TreeMap;

/** Hands out the files of the page. They hold no data, so nobody needs a session for them. */
final class PageFiles {

    private final Assets assets = new Assets();

    HttpReply answer(HttpCall call) {
        if (!call.method().equals("GET") && !call.method().equals("HEAD")) {
            return text(405, "Only GET is answered on this path.", Map.of("Allow", "GET, HEAD"));
        }
        if (!call.path().startsWith(ConsoleEndpoint.ROOT)) {
            return text(
                    308, "The console is at " + ConsoleEndpoint.ROOT + ".", Map.of("Location", ConsoleEndpoint.ROOT));
        }
        return assets.find(call.path().substring(ConsoleEndpoint.ROOT.length()))
                .map(asset -> file(call, asset))
                .orElseGet(() -> text(404, "There is nothing on this path.", Map.of()));
    }

    /** A browser asks each time whether its file is still the one of this server, and need not load it again. */
    private static HttpReply file(HttpCall call, Asset asset) {
        String tag = "\"" + asset.tag() + "\"";
        Map<String, String> headers =
                new TreeMap<>(Map.of("ETag", tag, "Cache-Control", "no-cache", "Vary", "Accept-Encoding"));
        if (Encodings.listed(call, "If-None-Match").anyMatch(known -> known.equals(tag) || known.equals("W/" + tag))) {
            return HttpReply.notModified(SecurityHeaders.with(headers));
        }
        if (!Encodings.takeGzip(call)) {
            return new HttpReply(200, asset.contentType(), asset.plain(), SecurityHeaders.with(headers));
        }
        headers.put("Content-Encoding", "gzip");
        return new HttpReply(200, asset.contentType(), asset.packed(), SecurityHeaders.with(headers));
    }

    private static HttpReply text(int status, String sentence, Map<String, String> headers) {
        return new HttpReply(
                status, "text/plain;charset=UTF-8", (sentence + "\n").getBytes(UTF_8), SecurityHeaders.with(headers));
    }
}
