package io.secgroupd.controlplane.console;

import io.secgroupd.controlplane.http.HttpServerSettings;
import java.time.Duration;
import java.util.Optional;

/**
 * Whether and how the console is served.
 *
 * @param enabled empty when nobody has decided: it is served on loopback then, and nowhere else
 * @param idle    after this time without use a session ends
 */
public record ConsoleSettings(Optional<Boolean> enabled, Duration idle) {

    /** Shorter, a person would be shut out while reading. */
    private static final Duration SHORTEST = Duration.ofMinutes(2);

    private static final Duration LONGEST = Duration.ofHours(12);

    /** What holds when the settings say nothing. */
    public static final ConsoleSettings DEFAULT = new ConsoleSettings(Optional.empty(), Duration.ofMinutes(15));

    /**
     * Checks the time.
     *
     * @throws IllegalArgumentException with a sentence for the operator
     */
    public ConsoleSettings {
        if (idle.compareTo(SHORTEST) < 0 || idle.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("A session of the console may be idle for 2m to 12h.");
        }
    }

    /** Whether the console is served by a server with these settings. One on the network has TLS, or it does not start. */
    public boolean isServedBy(HttpServerSettings http) {
        return enabled.orElse(http.listen().getAddress().isLoopbackAddress());
    }
}
