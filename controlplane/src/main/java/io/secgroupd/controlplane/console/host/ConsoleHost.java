package io.secgroupd.controlplane.console.host;

import io.secgroupd.rules.file.PolicyFiles;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/** The judging daemon of this host, as far as the console shows it. Safe for use by several threads. */
public interface ConsoleHost {

    /** No daemon runs here, as on a control server of a fleet. */
    ConsoleHost NONE = new ConsoleHost() {
        @Override
        public Optional<byte[]> rules() {
            return Optional.empty();
        }

        @Override
        public AutoCloseable follow(Consumer<byte[]> line, Runnable lost) {
            lost.run();
            return () -> {};
        }

        @Override
        public ReplayOutcome replay(PolicyFiles before, PolicyFiles after, Duration time) throws IOException {
            throw new IOException("No daemon runs on this host, so there is no flow log to replay.");
        }
    };

    /** What the daemon answers to {@code GET /rules?used=true}; empty when none runs. It takes as long as the daemon does. */
    Optional<byte[]> rules();

    /**
     * Passes on each line of the flow log from now on, without its line end. It returns at once; the lines come on a thread of
     * their own, which waits for whoever takes them.
     *
     * @param line takes a line, whose bytes are not changed afterwards
     * @param lost is called once when no more lines come, unless the caller ended it
     * @return ends it when closed
     */
    AutoCloseable follow(Consumer<byte[]> line, Runnable lost);

    /**
     * Judges what the flow log has of the last time by two policies.
     *
     * @throws IOException with a sentence for people, when no daemon runs or its log cannot be read
     */
    ReplayOutcome replay(PolicyFiles before, PolicyFiles after, Duration time) throws IOException;
}
