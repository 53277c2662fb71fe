package io.secgroupd.controlplane.server;

import io.secgroupd.controlplane.console.Console;
import io.secgroupd.controlplane.console.ConsoleEndpoint;
import io.secgroupd.controlplane.console.ConsoleFacts;
import io.secgroupd.controlplane.console.host.ConsoleHost;
import io.secgroupd.controlplane.fleet.feed.SigningKeys;
import io.secgroupd.controlplane.keys.KeyFile;
import io.secgroupd.controlplane.publish.LocalDaemon;
import io.secgroupd.controlplane.server.StoreSettings.InDirectory;
import io.secgroupd.controlplane.store.PolicyStore;
import java.io.IOException;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.time.Clock;
import java.util.Optional;

/** The console with all that answers its questions. */
final class WiredConsole implements AutoCloseable {

    private final Console console;
    private final ConsoleQuestions questions;

    private WiredConsole(Console console, ConsoleQuestions questions) {
        this.console = console;
        this.questions = questions;
    }

    /**
     * Begins to answer browsers, where the settings allow that.
     *
     * @param daemon takes what is applied
     * @param host   tells of the traffic of this host; it is not asked where the policy is that of a fleet
     * @param made   is called when an answer has been made that takes much memory to make
     * @throws IOException with a sentence for the operator
     */
    static Optional<WiredConsole> start(
            ControlSettings settings,
            PolicyStore store,
            LocalDaemon daemon,
            ConsoleHost host,
            KeyFile keys,
            Runnable made,
            Clock clock)
            throws IOException {
        if (!settings.console().isServedBy(settings.http())) {
            return Optional.empty();
        }
        boolean ownHost = settings.store() instanceof InDirectory;
        var questions = new ConsoleQuestions(
                store,
                daemon,
                ownHost ? host : ConsoleHost.NONE,
                key(settings.fleet().signWith()),
                made,
                clock);
        try {
            Console console = Console.start(
                    store.records(),
                    keys::current,
                    settings.console(),
                    ConsoleFacts.of(settings.http(), ownHost ? "directory" : "etcd"),
                    questions.handlers(),
                    questions.waiting(),
                    clock);
            return Optional.of(new WiredConsole(console, questions));
        } catch (IOException | RuntimeException e) {
            questions.close();
            throw e;
        }
    }

    private static Optional<PrivateKey> key(Optional<Path> file) throws IOException {
        return file.isPresent() ? Optional.of(SigningKeys.privateKey(file.get())) : Optional.empty();
    }

    /** What browsers are answered. */
    ConsoleEndpoint endpoint() {
        return console.endpoint();
    }

    @Override
    public void close() throws IOException {
        questions.close();
        console.close();
    }
}
