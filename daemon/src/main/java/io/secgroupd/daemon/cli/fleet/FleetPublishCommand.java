package io.secgroupd.daemon.cli.fleet;

import io.secgroupd.controlplane.fleet.rollout.RolloutSettings;
import io.secgroupd.controlplane.fleet.server.FleetDesk;
import io.secgroupd.controlplane.store.Revision;
import io.secgroupd.controlplane.store.directory.PolicyOnDisk;
import io.secgroupd.daemon.cli.common.CommandFailedException;
import io.secgroupd.daemon.cli.common.ExitCode;
import io.secgroupd.rules.analyze.DiffText;
import io.secgroupd.rules.analyze.PolicyDiff;
import io.secgroupd.rules.compile.CompiledPolicy;
import io.secgroupd.rules.file.PolicyFiles;
import io.secgroupd.rules.file.PolicyReader;
import io.secgroupd.rules.file.ReadResult;
import io.secgroupd.rules.model.Policy;
import io.secgroupd.rules.pipeline.Checked;
import io.secgroupd.rules.pipeline.PolicyPipeline;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes a new revision of whole files. */
@Command(
        name = "publish",
        mixinStandardHelpOptions = true,
        description = {
            "Publish a rules file, with all that it includes, to the fleet.",
            "It is checked first, with its own tests and invariants.",
            "Hosts get it step by step, and a step goes on only while its hosts are well:",
            "if one refuses it, is lost, or refuses twice as much traffic as before, the revision is taken back by itself."
        },
        exitCodeList = "1:the file has errors, or its tests or invariants fail; nothing was published",
        footer = {
            "  sudo secgroupd fleet publish rules.yaml --dry-run",
            "  sudo secgroupd fleet publish rules.yaml --first web1,web2 --step 10%%,100%% --hold 5m -m \"close port 25\""
        })
final class FleetPublishCommand implements Callable<Integer> {

    @Mixin
    private final FleetStore store = new FleetStore();

    @Mixin
    private final SignOption signing = new SignOption();

    @Parameters(paramLabel = "FILE", description = "The rules file. What it includes must lie beside it or below.")
    @SuppressWarnings("NullAway.Init") // set by picocli before anything else runs
    private Path file;

    @Option(
            names = "--step",
            paramLabel = "PERCENT,…",
            description = "How many hosts have it after each step, up to 100%%.")
    private @Nullable String steps;

    @Option(
            names = "--first",
            paramLabel = "HOST,…",
            split = ",",
            description = "Hosts that get it alone, before all others.")
    private List<String> first = List.of();

    @Option(names = "--hold", paramLabel = "TIME", description = "How long each step is watched, such as 60s or 5m.")
    private @Nullable String hold;

    @Option(names = "-m", paramLabel = "WHY", description = "Why, for the history.")
    private @Nullable String why;

    @Option(names = "--dry-run", description = "Say what would change in meaning, on how many hosts, and stop.")
    private boolean dryRun;

    @Override
    public Integer call() {
        return store.with(desk -> {
            PolicyOnDisk found = PolicyOnDisk.read(file);
            Revision base = desk.current();
            PolicyFiles files = FleetDesk.withRegistered(base, found.files());
            ReadResult read = files.holdsSame(found.files()) ? found.read() : PolicyReader.read(files);
            Checked checked = PolicyPipeline.check(file, read, Instant.now());
            checked.problems().forEach(store.common.err()::println);
            if (checked.sound().isEmpty()) {
                throw new CommandFailedException(ExitCode.NO, file + " is not sound; nothing was published");
            }
            return dryRun ? tell(desk, base, checked.sound().get().compiled()) : publish(desk, base, files, read);
        });
    }

    private int tell(FleetDesk desk, Revision base, CompiledPolicy next) throws IOException {
        Optional<Policy> now = base.read().policy();
        if (now.isPresent()) {
            store.common
                    .out()
                    .print(DiffText.of(
                            PolicyDiff.between(CompiledPolicy.of(now.get().at(Instant.now())), next)));
        }
        int hosts = desk.status().hosts().size();
        store.say("nothing was published; it would reach " + hosts + (hosts == 1 ? " host" : " hosts"));
        return ExitCode.DONE;
    }

    private int publish(FleetDesk desk, Revision base, PolicyFiles files, ReadResult read) throws IOException {
        Optional<Long> made = desk.publish(
                base,
                files,
                read,
                FleetStore.origin(Optional.ofNullable(why), "fleet publish " + file.getFileName()),
                rollout(),
                signing.key());
        if (made.isEmpty()) {
            throw new CommandFailedException(
                    ExitCode.FAILED,
                    "somebody else has made a revision at the same time; look at it, and publish again");
        }
        store.say(
                made.get() == base.serial()
                        ? "revision " + made.get() + " says the same; nothing was published"
                        : "revision " + made.get() + " is on its way; secgroupd fleet status shows how far it is");
        return ExitCode.DONE;
    }

    /** What the options say of the roll-out; empty when they say nothing. */
    private Optional<RolloutSettings> rollout() {
        if (steps == null && first.isEmpty() && hold == null) {
            return Optional.empty();
        }
        RolloutSettings or = RolloutSettings.DEFAULT;
        try {
            return Optional.of(new RolloutSettings(
                    steps == null ? or.steps() : RolloutSettings.parseSteps(steps),
                    first,
                    hold == null ? or.hold() : RolloutSettings.parseHold(hold)));
        } catch (IllegalArgumentException e) {
            throw store.common.misuse(String.valueOf(e.getMessage()));
        }
    }
}
