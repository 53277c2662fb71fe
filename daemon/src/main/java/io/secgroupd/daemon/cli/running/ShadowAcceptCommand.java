package io.secgroupd.daemon.cli.running;

import io.secgroupd.daemon.cli.common.OutputOptions;
import io.secgroupd.rules.text.Quote;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Notes that differences of the candidate are meant. */
@Command(
        name = "accept",
        mixinStandardHelpOptions = true,
        description = {
            "Note that differences of the candidate are meant.",
            "They go on being counted, and shadow promote --if-quiet passes over them. Needs root."
        },
        exitCodeList = "1:no candidate is judged, or a name is none of its differences; nothing was noted",
        footer = "  sudo secgroupd shadow accept 3f0c54a1 9be2c07d")
final class ShadowAcceptCommand implements Callable<Integer> {

    @Mixin
    private final OutputOptions common = new OutputOptions();

    @Parameters(arity = "1..*", paramLabel = "ID", description = "The names that shadow status shows.")
    private List<String> ids = new ArrayList<>();

    @Override
    public Integer call() {
        ids.forEach(id -> requireId(common, id));
        return new DaemonCall(common).ask("POST", "/shadow/accept" + named(new Query(""), ids));
    }

    /** Refuses what cannot be the name of a difference. */
    static void requireId(OutputOptions common, String id) {
        if (!id.matches("[0-9a-f]{8}")) {
            throw common.misuse(
                    Quote.of(id) + " is no difference; write the 8 digits that secgroupd shadow status shows");
        }
    }

    /** Adds the names to a query. */
    static Query named(Query query, List<String> ids) {
        Query all = query;
        for (String id : ids) {
            all = all.and("accept", Optional.of(id));
        }
        return all;
    }
}
