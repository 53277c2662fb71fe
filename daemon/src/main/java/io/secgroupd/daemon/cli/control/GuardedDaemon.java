package io.secgroupd.daemon.cli.control;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import io.secgroupd.controlplane.publish.LocalDaemon;
import io.secgroupd.daemon.admin.AdminClient;
import io.secgroupd.daemon.admin.AdminClient.Reply;
import io.secgroupd.daemon.admin.GuardJson;
import io.secgroupd.daemon.admin.GuardRequest;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The daemon of this host, asked through its socket for control servers. */
final class GuardedDaemon implements LocalDaemon {

    private static final String JSON = "application/json";
    private static final int OK = 200;

    /** The AWS clients wait a minute for an answer, and a change takes two questions. */
    private static final Duration PATIENCE = Duration.ofSeconds(25);

    private final Path socket;
    private final AdminClient client;

    GuardedDaemon(Path socket) {
        this(socket, PATIENCE);
    }

    GuardedDaemon(Path socket, Duration patience) {
        this.socket = socket;
        this.client = new AdminClient(socket, patience);
    }

    @Override
    public Optional<String> objection(PlannedPolicy candidate) {
        if (Files.notExists(socket)) {
            return Optional.empty(); // the question would be as long as the files
        }
        Map<Path, byte[]> changed = new TreeMap<>(candidate.files().contents());
        changed.entrySet()
                .removeIf(file -> candidate
                        .before()
                        .content(file.getKey())
                        .filter(content -> Arrays.equals(content, file.getValue()))
                        .isPresent());
        var request = new GuardRequest(
                candidate.files().first(), changed, candidate.hashBefore(), candidate.hash(), candidate.client());
        return ask("/guard", GuardJson.write(request), GuardedDaemon::refusal);
    }

    @Override
    public Optional<String> follow(String hash) {
        return ask(
                "/reload",
                new byte[0],
                reply -> reply.status() == OK && !reply.body().contains(hash)
                        ? Optional.of("the files have been changed meanwhile")
                        : refusal(reply));
    }

    /** What is wrong by the answer of the daemon; nothing when none runs here. */
    private Optional<String> ask(String path, byte[] body, Function<Reply, Optional<String>> fault) {
        if (Files.notExists(socket)) { // where nobody may look, it is not known to be missing
            return Optional.empty();
        }
        try {
            return fault.apply(client.ask("POST", path, JSON, body));
        } catch (ConnectException nobody) {
            return Optional.empty(); // it has ended without removing its socket
        } catch (IOException e) {
            // It may run, and nobody knows whether it would take the change.
            return Optional.of("the daemon of this host cannot be asked on " + socket + ": " + e.getMessage());
        }
    }

    private static Optional<String> refusal(Reply reply) {
        return reply.status() == OK ? Optional.empty() : Optional.of("the daemon of this host says: " + words(reply));
    }

    /** The sentence of {@code {"error":…}}, or of the result of a reload with its problems. */
    private static String words(Reply reply) {
        Map<String, String> texts = new TreeMap<>();
        try (JsonParser json = new JsonFactory().createParser(reply.body())) {
            json.nextToken();
            String problems = "";
            for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
                json.nextToken();
                if (name.equals("problems")) {
                    problems = problems(json);
                } else {
                    texts.put(name, json.getText());
                }
            }
            texts.put("problems", problems);
        } catch (IOException e) {
            return "HTTP " + reply.status();
        }
        return Stream.of("error", "sentence", "problems")
                .map(name -> texts.getOrDefault(name, ""))
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining("; "));
    }

    private static String problems(JsonParser json) throws IOException {
        var first = new StringBuilder();
        for (String problem = json.nextTextValue(); problem != null; problem = json.nextTextValue()) {
            if (first.isEmpty()) {
                first.append(problem);
            }
        }
        return first.toString();
    }
}
