package io.secgroupd.daemon.cli.usage;

import io.secgroupd.daemon.cli.common.CommonOptions;
import io.secgroupd.daemon.cli.common.ExitCode;
import io.secgroupd.daemon.cli.common.JsonOutput;
import io.secgroupd.daemon.cli.common.LogsFilterOptions;
import io.secgroupd.daemon.cli.common.PolicyFile;
import io.secgroupd.daemon.cli.common.SettingsFile;
import io.secgroupd.daemon.cli.common.ThisHost;
import io.secgroupd.daemon.flowlog.read.FlowFilter;
import io.secgroupd.daemon.replay.FlowUses;
import io.secgroupd.rules.analyze.Explainer;
import io.secgroupd.rules.text.Plural;
import io.secgroupd.rules.usage.Suggester;
import io.secgroupd.rules.usage.Suggestion;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Suggests the rules that recorded connections would need. */
@Command(
        name = "suggest",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        abbreviateSynopsis = true,
        description = {
            "Print the fewest rules that recorded traffic still needs.",
            "A record is a flow log or a capture; what the rules refuse of it, these would",
            "allow. They are a file to include, each with what it rests on."
        },
        exitCodeList = {
            "0:rules are suggested",
            "1:nothing is missing: the rules allow all of it, or nothing matches",
            "3:a file cannot be read, or only a part of it"
        },
        footer = "  secgroupd suggest --since 7d --instance orders-1 > suggested.yaml")
public final class SuggestCommand implements Callable<Integer> {

    @Parameters(arity = "0..*", paramLabel = "FILE", description = "Records (flow_log.path of the host settings).")
    private List<Path> files = new ArrayList<>();

    @Mixin
    private final WideningOptions widening = new WideningOptions();

    @Mixin
    private final LogsFilterOptions filters = new LogsFilterOptions();

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Override
    public Integer call() {
        var wide = widening.widening();
        FlowFilter filter = filters.filter(filters.times(System.currentTimeMillis()));
        Explainer rules = new ThisHost(common)
                .asked(PolicyFile.toAsk(SettingsFile.rules(common, common.err()), Instant.now(), common.err()));
        List<Path> records = RecordReading.files(files, common);
        if (filters.areGiven() && RecordReading.haveCapture(records)) {
            throw common.misuse(
                    "these options choose lines of a flow log; cut a capture with tcpdump -r FILE -w PART FILTER");
        }
        var suggester = new Suggester(rules.policy(), wide);
        var needed = new NeededRules(rules.policy(), suggester);
        boolean complete = RecordReading.read(records, filter, new FlowUses(rules, needed), common);
        print(suggester.suggest(), needed, rules, records);
        return complete ? exitCode(needed) : ExitCode.FAILED;
    }

    private void print(Suggestion suggestion, NeededRules needed, Explainer rules, List<Path> records) {
        String fragment = suggestion.groups().isEmpty()
                ? ""
                : FragmentText.of(suggestion, rules.policy(), title(suggestion, needed, records));
        if (common.json()) {
            JsonOutput.print(common.out(), json -> SuggestionJson.write(suggestion, needed, fragment, json));
            return;
        }
        common.out().print(fragment);
        common.out().flush();
        needed.remarks().forEach(remark -> RecordReading.say(remark, common));
        if (suggestion.groups().isEmpty()) {
            RecordReading.say(
                    "nothing to suggest: of what was recorded, the rules allow " + Plural.grouped(needed.allowed())
                            + " connections already",
                    common);
        }
    }

    private static String title(Suggestion suggestion, NeededRules needed, List<Path> records) {
        return Plural.of(suggestion.rules(), "rule") + " would allow " + Plural.grouped(needed.needed()) + " of "
                + Plural.grouped(needed.needed() + needed.allowed()) + " connections in "
                + records.stream().map(Path::toString).collect(Collectors.joining(", "))
                + "; the others are allowed already.";
    }

    private static int exitCode(NeededRules needed) {
        return needed.needed() > 0 ? ExitCode.DONE : ExitCode.NO;
    }
}
