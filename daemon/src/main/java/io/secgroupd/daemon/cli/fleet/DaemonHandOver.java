package io.secgroupd.daemon.cli.fleet;

import io.secgroupd.controlplane.fleet.host.HostDaemon;
import io.secgroupd.daemon.admin.AdminClient;
import io.secgroupd.daemon.admin.AdminClient.Reply;
import io.secgroupd.daemon.admin.GuardJson;
import io.secgroupd.daemon.admin.GuardRequest;
import io.secgroupd.rules.file.PolicyFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * Hands revisions over to the daemon of this host, through its socket for {@code pull}. What an operator is doing on the host is
 * no reason to refuse a revision for good: then the daemon counts as one that cannot be asked now.
 */
final class DaemonHandOver implements HostDaemon {

    private static final String JSON = "application/json";
    private static final int OK = 200;
    private static final int TOO_LARGE = 413;
    private static final int REFUSED = 422;

    private final Path socket;
    private final AdminClient client;
    private final Runnable tried;

    /** @param tried is called for each revision that was tried: to read it has taken memory */
    DaemonHandOver(Path socket, Runnable tried) {
        this.socket = socket;
        this.tried = tried;
        this.client = new AdminClient(socket);
    }

    @Override
    public DaemonState state() throws IOException {
        return standing().state();
    }

    @Override
    public DaemonAnswer tryOut(PolicyFiles candidate, String hash, Duration time) throws IOException {
        DaemonStanding before = standing();
        requireNoOperator(before);
        tried.run();
        var request =
                new GuardRequest(candidate.first(), candidate.contents(), before.judging(), hash, Optional.empty());
        DaemonAnswer answer = post("/try?confirm=" + time.toSeconds(), GuardJson.write(request));
        if (!answer.done()) {
            requireUndisturbed(before, standing());
        }
        return answer;
    }

    /** A refusal is only one of the revision when nothing else has happened on the host meanwhile. */
    private static void requireUndisturbed(DaemonStanding before, DaemonStanding after) throws IOException {
        requireNoOperator(after);
        if (!after.judging().equals(before.judging())) {
            throw new IOException("what is in force on this host has changed meanwhile");
        }
    }

    private static void requireNoOperator(DaemonStanding daemon) throws IOException {
        if (daemon.operators()) {
            throw new IOException("an operator is trying a candidate on this host");
        }
    }

    @Override
    public DaemonAnswer hold(String hash) throws IOException {
        return post("/candidate?hash=" + hash, new byte[0]);
    }

    @Override
    public DaemonAnswer confirm(String hash) throws IOException {
        return post("/confirm?hash=" + hash, new byte[0]);
    }

    @Override
    public DaemonAnswer rollBack(String hash) throws IOException {
        return post("/rollback?hash=" + hash, new byte[0]);
    }

    private DaemonStanding standing() throws IOException {
        Reply reply = ask("GET", "/status", new byte[0]);
        if (reply.status() != OK) {
            throw failed(reply);
        }
        return DaemonStanding.of(reply.body());
    }

    private DaemonAnswer post(String path, byte[] body) throws IOException {
        Reply reply = ask("POST", path, body);
        return switch (reply.status()) {
            case OK -> new DaemonAnswer(true, "");
            case REFUSED -> new DaemonAnswer(false, refusal(DaemonJson.parse(reply.body())));
            case TOO_LARGE ->
                new DaemonAnswer(
                        false,
                        "the daemon of this host does not take the files of this revision: "
                                + DaemonJson.parse(reply.body()).text("/error").orElse("too large"));
            default -> throw failed(reply);
        };
    }

    /** What the daemon says, and the first error of the files with its place. */
    private static String refusal(DaemonJson outcome) {
        Optional<String> error = outcome.values().entrySet().stream()
                .filter(value -> value.getKey().startsWith("/problems/"))
                .map(Map.Entry::getValue)
                .filter(problem -> !problem.contains(": warning: "))
                .findFirst();
        String message = outcome.text("/message").orElse("refused");
        return error.map(first -> message + ": " + first).orElse(message);
    }

    private Reply ask(String method, String path, byte[] body) throws IOException {
        try {
            return client.ask(method, path, JSON, body);
        } catch (IOException e) {
            throw new IOException("the daemon of this host cannot be asked on " + socket + ": " + e.getMessage(), e);
        }
    }

    /** An answer that says nothing about the revision: the daemon is busy, broken, or of another version. */
    private static IOException failed(Reply reply) {
        return new IOException("the daemon of this host answered with HTTP " + reply.status() + ": "
                + reply.body().strip());
    }
}
