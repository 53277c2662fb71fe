package io.secgroupd.controlplane.console;

import io.secgroupd.controlplane.console.session.Session;
import io.secgroupd.controlplane.http.HttpCall;
import java.util.List;
import java.util.stream.Stream;

/** How a browser keeps a session: no code of a page can read it, and no page of another site has it sent. */
final class SessionCookie {

    private static final String NAME = "secgroupd_console=";

    /** Whoever sends more wants to have the server work. */
    private static final int MOST = 4;

    private final String attributes;

    SessionCookie(boolean tls) {
        this.attributes = "; HttpOnly; SameSite=Strict; Path=" + ConsoleEndpoint.ROOT + (tls ? "; Secure" : "");
    }

    /** Has the browser keep a session, until it ends or the browser is closed. */
    String keep(Session session) {
        return NAME + session.text() + attributes;
    }

    /** Has the browser forget it. */
    String forget() {
        return NAME + attributes + "; Max-Age=0";
    }

    /** What a browser has kept. Another server on the same host may have set one of the same name, so there can be several. */
    static List<String> kept(HttpCall call) {
        return call.values("Cookie").stream()
                .flatMap(line -> Stream.of(line.split(";", -1)))
                .map(String::strip)
                .filter(cookie -> cookie.startsWith(NAME))
                .map(cookie -> cookie.substring(NAME.length()))
                .limit(MOST)
                .toList();
    }
}
