package io.secgroupd.controlplane.console;

import io.secgroupd.controlplane.store.PolicyStore;
import io.secgroupd.controlplane.store.directory.DirectoryStore;
import io.secgroupd.controlplane.testkit.HandClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A console of its own for each test, over real HTTP. */
abstract class ConsoleFixture {

    final HandClock clock = new HandClock();

    @SuppressWarnings("NullAway.Init")
    PolicyStore store;

    @SuppressWarnings("NullAway.Init")
    ServedConsole console;

    @BeforeEach
    void serve(@TempDir Path directory) throws IOException {
        Path rules = Files.writeString(directory.resolve("rules.yaml"), "version: 1\n");
        store = new DirectoryStore(rules, directory.resolve("state"), clock);
        console = ServedConsole.start(store, clock);
    }

    @AfterEach
    void end() throws IOException {
        console.close();
        store.close();
    }
}
