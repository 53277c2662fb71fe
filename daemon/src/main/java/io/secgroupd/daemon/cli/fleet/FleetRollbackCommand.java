package io.secgroupd.daemon.cli.fleet;

import io.secgroupd.daemon.cli.common.ExitCode;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Publishes an earlier content again. */
@Command(
        name = "rollback",
        mixinStandardHelpOptions = true,
        description = {
            "Publish the content of an earlier revision again, for all hosts at once.",
            "It gets a serial of its own, since the serial of a host never goes back."
        },
        footer = {"  sudo secgroupd fleet rollback", "  sudo secgroupd fleet rollback 41 -m \"as on Friday\""})
final class FleetRollbackCommand implements Callable<Integer> {

    @Mixin
    private final FleetStore store = new FleetStore();

    @Mixin
    private final SignOption signing = new SignOption();

    @Parameters(
            arity = "0..1",
            paramLabel = "SERIAL",
            description = "The revision to return to; without it, the one before the last roll-out.")
    private @Nullable Long serial;

    @Option(names = "-m", paramLabel = "WHY", description = "Why, for the history.")
    private @Nullable String why;

    @Override
    public Integer call() {
        return store.with(desk -> {
            long made = desk.rollBack(
                    Optional.ofNullable(serial),
                    FleetStore.origin(Optional.ofNullable(why), "rollback"),
                    signing.key());
            store.say("revision " + made + " is on its way to all hosts; secgroupd fleet status shows it");
            return ExitCode.DONE;
        });
    }
}
