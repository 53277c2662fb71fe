package io.secgroupd.daemon.testkit;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Lets tests that await something see it soon after it has come. Most of it takes a few milliseconds, and by itself the library
 * looks for the first time after a hundred.
 */
final class LooksOften implements BeforeAllCallback {

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(10);

    @Override
    public void beforeAll(ExtensionContext context) {
        Awaitility.setDefaultPollInterval(BETWEEN_LOOKS);
    }
}
