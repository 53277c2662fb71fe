package io.secgroupd.controlplane.console;

import io.secgroupd.controlplane.http.HttpCall;
import io.secgroupd.controlplane.http.HttpReply;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** What is answered below {@code /console/}: the files of the page, and its questions. */
public final class ConsoleEndpoint {

    /** The address of the page. */
    static final String ROOT = "/console/";

    private final PageFiles files = new PageFiles();
    private final ConsoleApi api;

    ConsoleEndpoint(ConsoleApi api) {
        this.api = api;
    }

    /** Whether a path is one of the console. */
    public static boolean owns(String path) {
        return path.startsWith(ROOT) || ROOT.equals(path + "/");
    }

    private static boolean isQuestion(HttpCall call) {
        return call.path().startsWith(ConsoleApi.PATH);
    }

    /** The answer to a question that waits for something new; empty when {@link #answer} is to be called. */
    public Optional<CompletableFuture<HttpReply>> later(HttpCall call) {
        return isQuestion(call) ? api.later(call) : Optional.empty();
    }

    /** The answer to anything else. */
    public HttpReply answer(HttpCall call) {
        return isQuestion(call) ? api.answer(call) : files.answer(call);
    }
}
