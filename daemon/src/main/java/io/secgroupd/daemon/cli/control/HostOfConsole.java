package io.secgroupd.daemon.cli.control;

import io.secgroupd.controlplane.console.host.ConsoleHost;
import io.secgroupd.controlplane.console.host.ReplayOutcome;
import io.secgroupd.daemon.admin.AdminClient;
import io.secgroupd.daemon.admin.AdminClient.Reply;
import io.secgroupd.daemon.admin.AdminLines;
import io.secgroupd.daemon.replay.Replay;
import io.secgroupd.daemon.replay.ReplayTally;
import io.secgroupd.rules.analyze.Explainer;
import io.secgroupd.rules.compile.CompiledPolicy;
import io.secgroupd.rules.file.PolicyFiles;
import io.secgroupd.rules.file.PolicyReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** The daemon of this host as the console shows it, asked through its socket for control servers. */
final class HostOfConsole implements ConsoleHost {

    private static final int OK = 200;

    /** A page waits no longer for what it shows. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** A replay reads no longer; by then it has judged some million flows. */
    private static final Duration LONGEST_REPLAY = Duration.ofMinutes(2);

    private final Path socket;

    HostOfConsole(Path socket) {
        this.socket = socket;
    }

    @Override
    public Optional<byte[]> rules() {
        try {
            Reply reply = new AdminClient(socket, PATIENCE).ask("GET", "/rules?used=true", "application/json");
            return reply.status() == OK ? Optional.of(reply.body().getBytes(StandardCharsets.UTF_8)) : Optional.empty();
        } catch (IOException nobody) {
            return Optional.empty(); // none runs, or it does not answer: then nothing can be shown
        }
    }

    @Override
    public AutoCloseable follow(Consumer<byte[]> line, Runnable lost) {
        return FollowedLog.begin(socket, line, lost);
    }

    @Override
    public ReplayOutcome replay(PolicyFiles before, PolicyFiles after, Duration time) throws IOException {
        var tally = new ReplayTally(explainer(before), Optional.of(explainer(after)));
        try (AdminLines log = AdminLines.connect(socket)) {
            closeLater(log);
            Replay.ReplayResult result =
                    Replay.ofLog(log.get("/log?since=" + time.toSeconds()), Path.of("flow log"), tally);
            return ReplayRows.outcome(tally, result.remarks());
        } catch (IOException e) {
            throw new IOException("The flow log of this host cannot be read: " + e.getMessage() + ".", e);
        }
    }

    private static Explainer explainer(PolicyFiles files) throws IOException {
        return new Explainer(CompiledPolicy.of(PolicyReader.read(files)
                .policy()
                .orElseThrow(() -> new IOException("A policy with errors judges nothing."))
                .at(Instant.now())));
    }

    private static void closeLater(AdminLines log) {
        CompletableFuture.delayedExecutor(LONGEST_REPLAY.toSeconds(), TimeUnit.SECONDS)
                .execute(() -> FollowedLog.leave(log));
    }
}
