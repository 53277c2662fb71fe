package io.secgroupd.daemon.cli.usage;

import io.secgroupd.daemon.cli.common.CommandFailedException;
import io.secgroupd.daemon.cli.common.CommonOptions;
import io.secgroupd.daemon.cli.common.ExitCode;
import io.secgroupd.daemon.cli.common.JsonOutput;
import io.secgroupd.daemon.cli.common.PolicyFile;
import io.secgroupd.daemon.cli.common.SettingsFile;
import io.secgroupd.daemon.cli.common.ThisHost;
import io.secgroupd.daemon.flowlog.read.FlowFilter;
import io.secgroupd.daemon.flowlog.read.TimeText;
import io.secgroupd.daemon.replay.FlowUses;
import io.secgroupd.rules.analyze.Explainer;
import io.secgroupd.rules.usage.Sightings;
import io.secgroupd.rules.usage.Tightener;
import io.secgroupd.rules.usage.Tightening;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Finds what nobody used in the rules. */
@Command(
        name = "tighten",
        mixinStandardHelpOptions = true,
        description = {
            "Say which rules, ports, protocols and peers nobody used.",
            "Each is printed with what was seen of it since a time, and with what would",
            "remain. All changes together refuse nothing that was seen."
        },
        exitCodeList = {
            "0:every rule is as narrow as its use",
            "1:there are rules that allow more than was used",
            "3:a file cannot be read, or is not whole: then nothing is said to be unused"
        },
        footer = {"  secgroupd tighten --since 30d", "  secgroupd tighten --since 30d --write tight.yaml"})
public final class TightenCommand implements Callable<Integer> {

    /** A log that begins so much later than it is asked about may have lost its beginning. */
    private static final long LATE_MILLIS = 3_600_000;

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Parameters(
            arity = "0..*",
            paramLabel = "FILE",
            description = "Flow logs of all hosts that are meant (flow_log.path of the host settings).")
    private List<Path> files = new ArrayList<>();

    @Option(
            names = "--since",
            required = true,
            paramLabel = "TIME",
            description = "Unused since when: ago (12h, 30d), or from 2026-11-24T12:00:00Z on.")
    private String since = "";

    @Option(names = "--all-instances", description = "The files tell everything about every instance.")
    private boolean everywhere;

    @Option(names = "--write", paramLabel = "NEW", description = "Write the rules file with all changes made.")
    private @Nullable Path target;

    @Override
    public Integer call() {
        long from = TimeText.parse(since, System.currentTimeMillis())
                .orElseThrow(() -> common.misuse("--since \"" + since
                        + "\" is not a time; write how long ago, such as 12h or 30d, or 2026-11-24T12:00:00Z"));
        Path rules = SettingsFile.rules(common, common.err());
        Explainer explainer = new ThisHost(common).asked(PolicyFile.toAsk(rules, Instant.now(), common.err()));
        var tightener = new Tightener(explainer.policy());
        var used = new UsedRules(explainer.policy(), tightener);
        Sightings all = read(new FlowUses(explainer, used), used, from);
        Tightening tightening = tightener.tighten(name -> everywhere || used.isRecorded(name));
        if (target != null) {
            new TightenedFile(rules, explainer.policy().policy(), tightening).write(target);
        }
        print(tightening, all, explainer);
        return tightening.changes().isEmpty() ? ExitCode.DONE : ExitCode.NO;
    }

    private Sightings read(FlowUses uses, UsedRules used, long from) {
        FlowFilter filter = new FlowFilter().between(from, Long.MAX_VALUE);
        if (!RecordReading.read(RecordReading.files(files, common), filter, uses, common)) {
            throw new CommandFailedException(
                    ExitCode.FAILED,
                    "decisions are missing in the record, so nothing can be said to be unused; choose a later --since");
        }
        Sightings all = used.all()
                .orElseThrow(() -> new CommandFailedException(
                        ExitCode.FAILED, "nothing is recorded since then, so nothing can be said to be unused"));
        if (all.first() > from + LATE_MILLIS) {
            RecordReading.say(
                    "the first connection since then is of " + EvidenceText.time(all.first())
                            + "; if the record begins there, rules that were used before it look unused",
                    common);
        }
        return all;
    }

    private void print(Tightening tightening, Sightings all, Explainer explainer) {
        if (common.json()) {
            JsonOutput.print(common.out(), json -> TighteningJson.write(tightening, all, json));
        } else {
            TighteningText.print(tightening, all, explainer.policy(), common.out());
        }
    }
}
