package io.secgroupd.daemon.testkit;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Lets tests that await something see it soon after it has come, and gives a busy machine its time. By itself the library looks
 * after 100 ms for the first time, where most things take a few, and gives up after ten seconds.
 */
final class PatientLooks implements BeforeAllCallback {

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(10);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Override
    public void beforeAll(ExtensionContext context) {
        Awaitility.setDefaultPollInterval(BETWEEN_LOOKS);
        Awaitility.setDefaultTimeout(PATIENCE);
    }
}
