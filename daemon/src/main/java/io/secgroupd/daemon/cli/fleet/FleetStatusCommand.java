package io.secgroupd.daemon.cli.fleet;

import io.secgroupd.controlplane.fleet.rollout.HostState;
import io.secgroupd.controlplane.fleet.server.FleetStatus;
import io.secgroupd.daemon.cli.common.ExitCode;
import io.secgroupd.daemon.cli.common.JsonOutput;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows every host, and how far the roll-out is. */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description =
                "Show how far the last roll-out is, and every host: its revision, when it was seen, what it refused and why.",
        footer = {"  sudo secgroupd fleet status", "  sudo secgroupd fleet status --behind"})
final class FleetStatusCommand implements Callable<Integer> {

    @Mixin
    private final FleetStore store = new FleetStore();

    @Option(names = "--behind", description = "Only hosts that do not have the revision which they are to have.")
    private boolean behind;

    @Option(names = "--refused", description = "Only hosts that have refused a revision, or taken it back.")
    private boolean refused;

    @Option(
            names = "--faults",
            description = "Only hosts that have met a control server which is not sound, within a day.")
    private boolean faults;

    @Override
    public Integer call() {
        return store.with(desk -> {
            FleetStatus status = desk.status();
            List<HostState> shown = status.hosts().stream()
                    .filter(host -> !behind || status.isBehind(host))
                    .filter(host -> !refused || host.refused() > 0)
                    .filter(host -> !faults || status.fault(host).isPresent())
                    .toList();
            if (store.common.json()) {
                JsonOutput.print(store.common.out(), json -> FleetStatusJson.write(status, shown, json));
            } else {
                store.common.out().print(FleetStatusText.of(status, shown));
                store.common.out().flush();
            }
            return ExitCode.DONE;
        });
    }
}
