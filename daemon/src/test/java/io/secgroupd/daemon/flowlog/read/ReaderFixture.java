package io.secgroupd.daemon.flowlog.read;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A flow log that a test writes, what was read of it, and what could not be. */
abstract class ReaderFixture {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    @SuppressWarnings("NullAway.Init")
    Path log;

    final Collected read = new Collected();
    final UnreadableLines damage = new UnreadableLines();

    @BeforeEach
    void name() {
        log = directory.resolve("flows.log");
    }
}
