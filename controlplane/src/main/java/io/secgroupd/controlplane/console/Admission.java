package io.secgroupd.controlplane.console;

import io.secgroupd.controlplane.console.session.Session;
import io.secgroupd.controlplane.console.session.Sessions;
import io.secgroupd.controlplane.http.HttpCall;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decides whose questions are answered. */
final class Admission {

    private static final Logger LOG = LoggerFactory.getLogger(Admission.class);

    private static final String TOKEN = "X-Secgroupd-Token";

    /** What is sent with a body and changes nothing. Whatever else is sent so needs the right to change something. */
    private static final Set<String> CHANGE_NOTHING =
            Set.of("POST leave", "POST map", "POST why", "POST draft", "POST replay");

    private final OriginCheck origins;
    private final Sessions sessions;

    Admission(OriginCheck origins, Sessions sessions) {
        this.origins = origins;
        this.sessions = sessions;
    }

    /** Lets through what no page of others asks for. */
    void ofOurPage(HttpCall call) {
        origins.objection(call).ifPresent(sentence -> {
            throw refused(call, 403, sentence);
        });
    }

    /** The session of a question that may be answered. */
    Session session(HttpCall call, String name) {
        ofOurPage(call);
        Session session = SessionCookie.kept(call).stream()
                .flatMap(text -> sessions.find(text).stream())
                .findFirst()
                .orElseThrow(() -> refused(call, 401, "There is no session, or it has ended: run secgroupd console."));
        if (!call.method().equals("GET")) {
            checkToken(call, session);
            checkRight(call, session, name);
        }
        return session;
    }

    private static void checkToken(HttpCall call, Session session) {
        List<String> tokens = call.values(TOKEN);
        if (tokens.size() != 1 || !session.hasToken(tokens.get(0))) {
            throw refused(call, 403, "The token of the session is missing or another one; load the page anew.");
        }
    }

    private static void checkRight(HttpCall call, Session session, String name) {
        if (!session.mayWrite() && !CHANGE_NOTHING.contains(name)) {
            throw refused(call, 403, "This session may only look.");
        }
    }

    private static DeniedException refused(HttpCall call, int status, String sentence) {
        LOG.debug("console.denied {} {}", call, sentence);
        return new DeniedException(status, sentence);
    }
}
