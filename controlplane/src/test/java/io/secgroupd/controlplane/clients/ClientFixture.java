package io.secgroupd.controlplane.clients;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A control server of its own for each test, with a policy that the test class names. */
abstract class ClientFixture {

    private final String policy;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    @SuppressWarnings("NullAway.Init")
    TerraformHost host;

    ClientFixture(String policy) {
        this.policy = policy;
    }

    @BeforeEach
    void startServer() throws IOException {
        host = TerraformHost.start(directory, policy);
    }

    @AfterEach
    void stopServer() throws IOException {
        host.close();
    }
}
