package io.secgroupd.daemon.cli.fleet;

import io.secgroupd.controlplane.fleet.rollout.Rollout;
import io.secgroupd.daemon.cli.common.ExitCode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Has a halted roll-out go on. */
@Command(
        name = "resume",
        mixinStandardHelpOptions = true,
        description = "Have the halted roll-out go on. What hosts have said until now halts it no more.",
        footer = "  sudo secgroupd fleet resume")
final class FleetResumeCommand implements Callable<Integer> {

    @Mixin
    private final FleetStore store = new FleetStore();

    @Override
    public Integer call() {
        return store.with(desk -> {
            Rollout resumed = desk.resume();
            store.say("revision " + resumed.serial() + " goes on in step "
                    + resumed.settings().name(resumed.step()));
            return ExitCode.DONE;
        });
    }
}
