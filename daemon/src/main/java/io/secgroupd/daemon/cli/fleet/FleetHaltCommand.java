package io.secgroupd.daemon.cli.fleet;

import io.secgroupd.controlplane.fleet.rollout.Rollout;
import io.secgroupd.daemon.cli.common.ExitCode;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Halts the roll-out that is under way. */
@Command(
        name = "halt",
        mixinStandardHelpOptions = true,
        description = "Halt the roll-out: hosts that have its revision keep it, and no more get it.",
        footer = "  sudo secgroupd fleet halt -m \"web2 is slow since then\"")
final class FleetHaltCommand implements Callable<Integer> {

    @Mixin
    private final FleetStore store = new FleetStore();

    @Option(names = "-m", paramLabel = "WHY", description = "Why, for those who look at it later.")
    private @Nullable String why;

    @Override
    public Integer call() {
        return store.with(desk -> {
            String by = "halted by " + FleetStore.operator();
            Rollout halted = desk.halt(why == null ? by : by + ": " + why);
            store.say("revision " + halted.serial() + " is halted in step "
                    + halted.settings().name(halted.step())
                    + "; secgroupd fleet resume goes on, secgroupd fleet rollback takes it back");
            return ExitCode.DONE;
        });
    }
}
