package io.secgroupd.daemon.cli.policy;

import com.fasterxml.jackson.core.JsonGenerator;
import io.secgroupd.daemon.cli.common.CommandFailedException;
import io.secgroupd.daemon.cli.common.CommonOptions;
import io.secgroupd.daemon.cli.common.ExitCode;
import io.secgroupd.daemon.cli.common.JsonOutput;
import io.secgroupd.daemon.cli.common.PolicyFile;
import io.secgroupd.daemon.cli.common.PolicyInput;
import io.secgroupd.daemon.cli.common.ThisHost;
import io.secgroupd.rules.analyze.Explainer;
import io.secgroupd.rules.analyze.Explainer.Question;
import io.secgroupd.rules.analyze.Explanation;
import io.secgroupd.rules.analyze.ExplanationText;
import io.secgroupd.rules.analyze.UnknownEndpointException;
import io.secgroupd.rules.net.Verdict;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Answers who may reach whom, and why, with the filter that the daemon uses. */
@Command(
        name = "explain",
        mixinStandardHelpOptions = true,
        description = {
            "Say who may reach whom, and by which rule.",
            "ACCEPT with the rule, or REJECT with the rule that came nearest. Between two instances both halves are asked: outbound of the one, inbound of the other.",
            "What an instance in mode observe rejects is REJECT as well, and the answer says that it is let in."
        },
        exitCodeList = "1:REJECT; or a line of a batch was not a question",
        footer = {
            "  secgroupd explain --from app-1 --to orders --protocol tcp --port 3306",
            "  secgroupd explain --batch questions.jsonl",
            "A line of it: {\"from\":\"app-1\",\"to\":\"orders\",\"protocol\":\"tcp\",\"port\":3306}"
        })
public final class ExplainCommand implements Callable<Integer> {

    /** More than anybody reads; they are kept in memory while they are printed. */
    private static final int MAX_PAIRS = 10_000;

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Mixin
    private final MomentOption moment = new MomentOption();

    @ArgGroup(multiplicity = "1")
    @SuppressWarnings("NullAway.Init") // set by picocli before anything else runs
    private Questions asked;

    /** One question, or many. */
    static final class Questions {
        @ArgGroup(exclusive = false)
        @SuppressWarnings("NullAway.Init") // one of the two is set by picocli
        private One one;

        @Option(
                names = "--batch",
                required = true,
                paramLabel = "FILE",
                description = "Questions as JSON lines, - for standard input; one JSON line out for each.")
        @SuppressWarnings("NullAway.Init") // one of the two is set by picocli
        private Path batch;
    }

    /** One question. */
    static final class One {
        @Option(names = "--from", required = true, paramLabel = "A", description = "Instance, cluster or address.")
        private String from = "";

        @Option(names = "--to", required = true, paramLabel = "B", description = "Instance, cluster or address.")
        private String to = "";

        @ArgGroup(exclusive = false, multiplicity = "1")
        private ServiceOptions service = new ServiceOptions();
    }

    @Override
    @SuppressWarnings("NullAway") // picocli leaves the option that was not given null
    public Integer call() {
        Path rules = common.rulesGiven().orElse(CommonOptions.RULES);
        if (asked.batch != null && PolicyInput.isStandardInput(asked.batch) && PolicyInput.isStandardInput(rules)) {
            throw common.misuse("standard input can be read once only: give the rules or the questions as a file");
        }
        Explainer explainer = new ThisHost(common).asked(PolicyFile.toAsk(rules, moment.instant(common), common.err()));
        if (asked.batch != null) {
            return new ExplainBatch(explainer, common.out()).run(asked.batch);
        }
        return explain(explainer, asked.one);
    }

    private int explain(Explainer explainer, One question) {
        List<Explanation> explanations = answers(explainer, question);
        if (explanations.isEmpty()) {
            throw new CommandFailedException(
                    ExitCode.FAILED, question.from + " and " + question.to + " have no addresses of one family");
        }
        PrintWriter out = common.out();
        if (common.json()) {
            JsonOutput.print(out, json -> writeAll(explanations, json));
        } else {
            explanations.forEach(explanation -> out.print(ExplanationText.of(explanation)));
            out.flush();
        }
        boolean accepted = explanations.stream().allMatch(one -> one.verdict() == Verdict.ACCEPT);
        return accepted ? ExitCode.DONE : ExitCode.NO;
    }

    private List<Explanation> answers(Explainer explainer, One question) {
        try {
            var asked = new Question(
                    explainer.endpoints().parse(question.from),
                    explainer.endpoints().parse(question.to),
                    question.service.toService());
            long pairs = explainer.count(asked);
            if (pairs > MAX_PAIRS) {
                throw new CommandFailedException(
                        ExitCode.FAILED,
                        question.from + " and " + question.to + " make " + pairs
                                + " pairs of addresses, and explain prints " + MAX_PAIRS
                                + " at most; name an instance of the cluster");
            }
            return explainer.explain(asked).toList();
        } catch (UnknownEndpointException e) {
            throw new CommandFailedException(ExitCode.USAGE, String.valueOf(e.getMessage()), e);
        } catch (IllegalArgumentException e) {
            throw new CommandFailedException(
                    ExitCode.USAGE, e.getMessage() + "; see secgroupd explain --help, with an example", e);
        }
    }

    private static void writeAll(List<Explanation> explanations, JsonGenerator json) throws IOException {
        if (explanations.size() == 1) {
            ExplanationJson.writeWhole(explanations.get(0), json);
            return;
        }
        json.writeStartArray();
        for (Explanation explanation : explanations) {
            ExplanationJson.writeWhole(explanation, json);
        }
        json.writeEndArray();
    }
}
