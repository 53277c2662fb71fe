package io.secgroupd.controlplane.console;

import io.secgroupd.controlplane.console.api.ApiCall;
import io.secgroupd.controlplane.console.api.ApiHandler;
import io.secgroupd.controlplane.console.api.ApiReply;
import io.secgroupd.controlplane.console.api.JsonObject;
import io.secgroupd.controlplane.console.api.WaitingHandler;
import io.secgroupd.controlplane.console.session.Session;
import io.secgroupd.controlplane.console.session.Sessions;
import io.secgroupd.controlplane.http.HttpCall;
import io.secgroupd.controlplane.http.HttpReply;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Answers the questions of pages whose session is known. */
final class ConsoleApi {

    /** Before the name of each question. */
    static final String PATH = ConsoleEndpoint.ROOT + "api/";

    /** A page says so of what it asks without anybody having done anything: that is no use of the session. */
    private static final String BY_ITSELF = "X-Secgroupd-By-Itself";

    /** What a page asks now and then as long as it is open. */
    private static final String NOW_AND_THEN = "GET use";

    private final Admission admission;
    private final Sessions sessions;
    private final SessionCookie cookie;
    private final SessionCalls calls;
    private final Map<String, ApiHandler> handlers;
    private final Map<String, WaitingHandler> waiting;

    ConsoleApi(
            Sessions sessions,
            ConsoleFacts facts,
            Map<String, ApiHandler> handlers,
            Map<String, WaitingHandler> waiting) {
        this.admission = new Admission(new OriginCheck(facts.tls()), sessions);
        this.sessions = sessions;
        this.cookie = new SessionCookie(facts.tls());
        this.calls = new SessionCalls(sessions, cookie, facts);
        this.handlers = Map.copyOf(handlers);
        this.waiting = Map.copyOf(waiting);
    }

    private static String name(HttpCall call) {
        return call.method() + " " + call.path().substring(PATH.length());
    }

    /** Begins to answer a question that waits for something new; empty when it is another one. */
    Optional<CompletableFuture<HttpReply>> later(HttpCall call) {
        return Optional.ofNullable(waiting.get(name(call))).map(handler -> await(call, handler));
    }

    private CompletableFuture<HttpReply> await(HttpCall call, WaitingHandler handler) {
        CompletableFuture<ApiReply> answer;
        try {
            answer = handler.answer(question(call, admission.session(call, name(call))));
        } catch (RuntimeException e) {
            return CompletableFuture.completedFuture(JsonReplies.failed(call, e));
        }
        CompletableFuture<HttpReply> reply = answer.handle(
                (done, fault) -> fault == null ? JsonReplies.of(call, done) : JsonReplies.failed(call, fault));
        var unused = reply.whenComplete((done, fault) -> answer.cancel(false)); // when the page has gone
        return reply;
    }

    HttpReply answer(HttpCall call) {
        try {
            return admitted(call, name(call));
        } catch (IOException | RuntimeException e) {
            return JsonReplies.failed(call, e);
        }
    }

    private HttpReply admitted(HttpCall call, String name) throws IOException {
        if (name.equals("POST enter")) {
            admission.ofOurPage(call);
            return calls.enter(call);
        }
        Session session = admission.session(call, name);
        if (name.equals("POST leave")) {
            return calls.leave(call, session);
        }
        ApiReply reply = name.equals("GET session") ? calls.shown(session) : handled(call, name, session);
        boolean byItself = name.equals(NOW_AND_THEN) || !call.values(BY_ITSELF).isEmpty();
        Optional<Session> used = byItself ? Optional.empty() : sessions.used(session);
        return used.map(now -> JsonReplies.withCookie(call, reply, cookie.keep(now)))
                .orElseGet(() -> JsonReplies.of(call, reply));
    }

    private ApiReply handled(HttpCall call, String name, Session session) throws IOException {
        ApiHandler handler = handlers.get(name);
        return handler == null
                ? ApiReply.refused(404, "The console knows no such question.")
                : handler.answer(question(call, session));
    }

    private static ApiCall question(HttpCall call, Session session) {
        JsonObject body = call.method().equals("GET") ? JsonObject.EMPTY : JsonObject.parse(call.body());
        return new ApiCall(session.user(), Queries.parse(call.query()), body, call.connection());
    }
}
