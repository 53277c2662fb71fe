package io.secgroupd.daemon.cli.fleet;

import io.secgroupd.controlplane.fleet.server.FleetDesk;
import io.secgroupd.controlplane.server.Stores;
import io.secgroupd.controlplane.store.Origin;
import io.secgroupd.controlplane.store.PolicyStore;
import io.secgroupd.daemon.cli.common.CommandFailedException;
import io.secgroupd.daemon.cli.common.ControlFile;
import io.secgroupd.daemon.cli.common.ExitCode;
import io.secgroupd.daemon.cli.common.Operator;
import io.secgroupd.daemon.cli.common.OutputOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import picocli.CommandLine.Mixin;

/** The store that the settings of the control server name, for a command that works on it. */
final class FleetStore {

    private static final Path STATE = Path.of("/var/lib/secgroupd-control");

    @Mixin
    final OutputOptions common = new OutputOptions();

    @Mixin
    private final ControlFile control = new ControlFile();

    /** What a command does there. */
    interface DeskWork {
        int run(FleetDesk desk) throws IOException;
    }

    /** Does it, and closes the store. */
    int with(DeskWork work) {
        try (PolicyStore store = Stores.open(control.read(common.err()).store(), state(), Clock.systemUTC())) {
            return work.run(new FleetDesk(store, Clock.systemUTC()));
        } catch (IOException | IllegalArgumentException e) {
            throw new CommandFailedException(ExitCode.FAILED, String.valueOf(e.getMessage()), e);
        }
    }

    private static Path state() {
        return Optional.ofNullable(System.getenv("STATE_DIRECTORY"))
                .map(Path::of)
                .orElse(STATE);
    }

    /** The person who asks, and why. */
    static Origin origin(Optional<String> why, String what) {
        return new Origin(operator(), why.orElse(what), Clock.systemUTC().instant());
    }

    static String operator() {
        return Operator.name().orElse("an operator");
    }

    /** Prints a sentence, unless JSON is wanted. */
    void say(String sentence) {
        if (!common.json()) {
            common.out().println(sentence);
            common.out().flush();
        }
    }
}
