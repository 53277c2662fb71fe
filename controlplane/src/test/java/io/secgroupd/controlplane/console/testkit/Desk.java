package io.secgroupd.controlplane.console.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.controlplane.console.api.ApiCall;
import io.secgroupd.controlplane.console.api.ApiHandler;
import io.secgroupd.controlplane.console.api.ApiReply;
import io.secgroupd.controlplane.console.api.ConsoleUser;
import io.secgroupd.controlplane.console.api.JsonObject;
import io.secgroupd.controlplane.store.directory.DirectoryStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;

/** A policy in files of its own, and a person who asks about it. */
public final class Desk implements AutoCloseable {

    private static final ConsoleUser ALICE = new ConsoleUser("alice", true);

    private final Path rules;
    private final DirectoryStore store;

    /** Writes the rules into a directory that is empty. */
    public Desk(Path directory, String text, Clock clock) throws IOException {
        rules = Files.writeString(directory.resolve("rules.yaml"), text);
        store = new DirectoryStore(rules, directory.resolve("state"), clock);
    }

    /** With the time of now. */
    public Desk(Path directory, String text) throws IOException {
        this(directory, text, Clock.systemUTC());
    }

    /** The store of the files. */
    public DirectoryStore store() {
        return store;
    }

    /** The text of the rules as it is now. */
    public String text() throws IOException {
        return Files.readString(rules);
    }

    /** Writes other rules, as an editor of texts does. */
    public void write(String text) throws IOException {
        Files.writeString(rules, text);
    }

    /** The hash of the newest revision. */
    public String hash() throws IOException {
        return store.current().hash();
    }

    /** The call that a page makes with this body. */
    public static ApiCall call(String body) {
        JsonObject object = JsonObject.parse(body.getBytes(StandardCharsets.UTF_8));
        return new ApiCall(ALICE, Map.of(), object, Optional.empty());
    }

    /** What is answered with status 200. */
    public static JsonObject ask(ApiHandler handler, String body) throws IOException {
        return ask(handler, body, 200);
    }

    /** What is answered with another status. */
    public static JsonObject ask(ApiHandler handler, String body, int status) throws IOException {
        ApiReply reply = handler.answer(call(body));
        assertThat(reply.status())
                .as(new String(reply.json(), StandardCharsets.UTF_8))
                .isEqualTo(status);
        return JsonObject.parse(reply.json());
    }

    @Override
    public void close() throws IOException {
        store.close();
    }
}
