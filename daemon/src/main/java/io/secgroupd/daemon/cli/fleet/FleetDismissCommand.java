package io.secgroupd.daemon.cli.fleet;

import io.secgroupd.daemon.cli.common.ExitCode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Shuts a host out. */
@Command(
        name = "dismiss",
        mixinStandardHelpOptions = true,
        description = "Shut a host out: its token is worth nothing from now on. It judges on as it did.",
        exitCodeList = "1:it is not a host of this fleet",
        footer = "  sudo secgroupd fleet dismiss web1.example.org")
final class FleetDismissCommand implements Callable<Integer> {

    @Mixin
    private final FleetStore store = new FleetStore();

    @Parameters(paramLabel = "HOST", description = "The name of the host in the fleet.")
    @SuppressWarnings("NullAway.Init") // set by picocli before anything else runs
    private String host;

    @Override
    public Integer call() {
        return store.with(desk -> {
            if (desk.dismiss(host)) {
                store.say(host + " takes no part any longer");
                return ExitCode.DONE;
            }
            store.common.err().println(host + " is not a host of this fleet");
            return ExitCode.NO;
        });
    }
}
