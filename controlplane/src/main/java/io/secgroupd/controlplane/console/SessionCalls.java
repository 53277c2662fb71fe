package io.secgroupd.controlplane.console;

import io.secgroupd.controlplane.console.api.ApiReply;
import io.secgroupd.controlplane.console.api.JsonObject;
import io.secgroupd.controlplane.console.session.Entrance;
import io.secgroupd.controlplane.console.session.Entrance.Entered;
import io.secgroupd.controlplane.console.session.Entrance.Refused;
import io.secgroupd.controlplane.console.session.Session;
import io.secgroupd.controlplane.console.session.Sessions;
import io.secgroupd.controlplane.http.HttpCall;
import io.secgroupd.controlplane.http.HttpReply;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Begins, shows and ends sessions. */
final class SessionCalls {

    private static final Logger LOG = LoggerFactory.getLogger(SessionCalls.class);

    private final Sessions sessions;
    private final SessionCookie cookie;
    private final ConsoleFacts facts;

    SessionCalls(Sessions sessions, SessionCookie cookie, ConsoleFacts facts) {
        this.sessions = sessions;
        this.cookie = cookie;
        this.facts = facts;
    }

    HttpReply enter(HttpCall call) throws IOException {
        Entrance entrance = sessions.enter(JsonObject.parse(call.body()).text("code"));
        String from = call.client().getAddress().getHostAddress();
        if (entrance instanceof Entered entered) {
            Session session = entered.session();
            LOG.info(
                    "console.entered user=\"{}\" right={} from={}",
                    session.user().name(),
                    right(session),
                    from);
            return JsonReplies.withCookie(call, shown(session), cookie.keep(session));
        }
        LOG.warn("console.refused why=\"{}\" from={}", ((Refused) entrance).why(), from);
        return JsonReplies.of(
                call,
                ApiReply.refused(
                        401,
                        "This code is none, or was used before, or its two minutes are over: run secgroupd console again."));
    }

    ApiReply shown(Session session) {
        return ApiReply.of(json -> {
            json.writeStringField("user", session.user().name());
            json.writeStringField("right", right(session));
            json.writeStringField("token", session.token());
            json.writeNumberField("idle_seconds", sessions.idle().toSeconds());
            json.writeStringField("store", facts.store());
            json.writeStringField("version", facts.version());
        });
    }

    HttpReply leave(HttpCall call, Session session) throws IOException {
        sessions.leave(session);
        LOG.info("console.left user=\"{}\"", session.user().name());
        return JsonReplies.withCookie(call, ApiReply.of(json -> {}), cookie.forget());
    }

    private static String right(Session session) {
        return session.mayWrite() ? "write" : "read";
    }
}
