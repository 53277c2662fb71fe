package io.secgroupd.controlplane.console;

import io.secgroupd.controlplane.aws.sigv4.AccessKeys;
import io.secgroupd.controlplane.console.api.ApiHandler;
import io.secgroupd.controlplane.console.api.WaitingHandler;
import io.secgroupd.controlplane.console.session.Sessions;
import io.secgroupd.controlplane.store.RecordStore;
import java.io.IOException;
import java.time.Clock;
import java.util.Map;
import java.util.function.Supplier;

/** The part of a control server that browsers speak to. */
public final class Console implements AutoCloseable {

    private final Sessions sessions;
    private final ConsoleEndpoint endpoint;

    private Console(Sessions sessions, ConsoleEndpoint endpoint) {
        this.sessions = sessions;
        this.endpoint = endpoint;
    }

    /**
     * Begins to answer browsers.
     *
     * @param records  where control servers tell each other which codes were used
     * @param keys     those that are in force now
     * @param handlers who answers a question, by its method and name, such as {@code POST draft}
     * @param waiting  the same for questions that wait for something new
     * @throws IOException with a sentence for the operator: the records cannot be read
     */
    public static Console start(
            RecordStore records,
            Supplier<AccessKeys> keys,
            ConsoleSettings settings,
            ConsoleFacts facts,
            Map<String, ApiHandler> handlers,
            Map<String, WaitingHandler> waiting,
            Clock clock)
            throws IOException {
        Sessions sessions = Sessions.start(records, keys, settings.idle(), clock);
        return new Console(sessions, new ConsoleEndpoint(new ConsoleApi(sessions, facts, handlers, waiting)));
    }

    /** What browsers are answered. */
    public ConsoleEndpoint endpoint() {
        return endpoint;
    }

    @Override
    public void close() throws IOException {
        sessions.close();
    }
}
