package io.secgroupd.daemon.cli.fleet;

import io.secgroupd.controlplane.fleet.server.FleetDesk;
import io.secgroupd.daemon.cli.common.DiffJson;
import io.secgroupd.daemon.cli.common.ExitCode;
import io.secgroupd.daemon.cli.common.JsonOutput;
import io.secgroupd.rules.analyze.DiffText;
import io.secgroupd.rules.analyze.PolicyDiff;
import io.secgroupd.rules.compile.CompiledPolicy;
import io.secgroupd.rules.file.PolicyReader;
import java.io.IOException;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Shows how the meaning of two revisions differs. */
@Command(
        name = "diff",
        mixinStandardHelpOptions = true,
        description = {
            "Say what changes in meaning between two revisions.",
            "Prints the exact sets of flows newly allowed (+) and newly rejected (-), by instance and direction."
        },
        exitCodeList = {"0:the two mean the same", "1:they differ in meaning"},
        footer = "  sudo secgroupd fleet diff 41 42")
final class FleetDiffCommand implements Callable<Integer> {

    @Mixin
    private final FleetStore store = new FleetStore();

    @Parameters(index = "0", paramLabel = "SERIAL", description = "The revision as it was.")
    private long before;

    @Parameters(index = "1", paramLabel = "SERIAL", description = "The revision as it is.")
    private long after;

    @Override
    public Integer call() {
        return store.with(desk -> {
            PolicyDiff diff = PolicyDiff.between(policy(desk, before), policy(desk, after));
            if (store.common.json()) {
                JsonOutput.print(store.common.out(), json -> DiffJson.write(diff, json));
            } else {
                store.common.out().print(DiffText.of(diff));
                store.common.out().flush();
            }
            return diff.isEmpty() ? ExitCode.DONE : ExitCode.NO;
        });
    }

    private static CompiledPolicy policy(FleetDesk desk, long serial) throws IOException {
        var files = desk.files(serial).orElseThrow(() -> new IOException("revision " + serial + " is not kept"));
        return CompiledPolicy.of(PolicyReader.read(files)
                .policy()
                .orElseThrow(() -> new IOException("revision " + serial + " has errors, so it means nothing"))
                .at(Instant.now()));
    }
}
