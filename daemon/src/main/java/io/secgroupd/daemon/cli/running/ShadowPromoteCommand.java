package io.secgroupd.daemon.cli.running;

import io.secgroupd.daemon.cli.common.CommonOptions;
import io.secgroupd.rules.text.Quote;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Puts the candidate in force. */
@Command(
        name = "promote",
        mixinStandardHelpOptions = true,
        description = {
            "Put the candidate in force, as apply does.",
            "It is written where the rules file is. Only what has been judged comes into force: it is refused when the rules file,"
                    + " or a file that it includes, was edited since it began. Needs root."
        },
        exitCodeList = "1:it was not quiet, a file was edited meanwhile, or it would lock out whoever asks",
        footer = {
            "  sudo secgroupd shadow promote --if-quiet 7d --accept 3f0c54a1",
            "  sudo secgroupd shadow promote --if-quiet 7d --confirm 60s   then: secgroupd confirm"
        })
final class ShadowPromoteCommand implements Callable<Integer> {

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Mixin
    private final TrialOptions trial = new TrialOptions();

    @Option(
            names = "--if-quiet",
            paramLabel = "TIME",
            description = "Only if it has been judged for so long, such as 7d, and then differed in no way that was not"
                    + " accepted.")
    private @Nullable String quiet;

    @Option(
            names = "--accept",
            split = ",",
            paramLabel = "ID",
            description = "A difference that is meant, and stays accepted.")
    private List<String> accept = new ArrayList<>();

    @Option(names = "--over-edit", description = "Even if the rules file was edited meanwhile: the edit is lost.")
    private boolean overEdit;

    @Override
    public Integer call() {
        accept.forEach(id -> ShadowAcceptCommand.requireId(common, id));
        Query query = Query.of("if_quiet", Optional.ofNullable(quiet).map(this::seconds))
                .and("over_edit", overEdit ? Optional.of("true") : Optional.empty());
        return trial.run(common, "/shadow/promote", ShadowAcceptCommand.named(query, accept), new byte[0]);
    }

    private String seconds(String time) {
        return TimeSpan.parse(time)
                .map(span -> Long.toString(span.toSeconds()))
                .orElseThrow(() -> common.misuse(
                        "--if-quiet " + Quote.of(time) + " is not a time from 1s to 365d; write one, such as 7d"));
    }
}
