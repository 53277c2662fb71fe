package io.secgroupd.daemon.cli.policy;

import com.fasterxml.jackson.core.JsonGenerator;
import io.secgroupd.daemon.cli.common.CommonOptions;
import io.secgroupd.daemon.cli.common.ExitCode;
import io.secgroupd.daemon.cli.common.JsonOutput;
import io.secgroupd.daemon.cli.common.PolicyFile;
import io.secgroupd.rules.model.Policy;
import io.secgroupd.rules.text.Plural;
import io.secgroupd.rules.text.Printable;
import io.secgroupd.rules.text.Problem;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Reads the rules file, runs its tests, judges its invariants and prints every problem with its place. */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        description = {
            "Check the rules file, its tests and its invariants.",
            "Prints every problem as file:line:column: path: what is wrong, and what to write instead."
        },
        exitCodeList =
                "1:there are errors, a test failed, or an invariant does not hold; with --strict also: there are warnings",
        footer = {"  secgroupd check --strict rules.yaml", "  secgroupd check --invariants-only rules.yaml"})
public final class CheckCommand implements Callable<Integer> {

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Parameters(
            arity = "0..1",
            paramLabel = "FILE",
            description = "The rules file, instead of --rules; - for standard input.")
    private @Nullable Path file;

    @Option(names = "--strict", description = "Let warnings count as errors.")
    private boolean strict;

    @Option(
            names = "--invariants-only",
            description = "Judge the invariants alone: no test is run, and nothing is said of what is merely odd.")
    private boolean invariantsOnly;

    @Override
    public Integer call() {
        Path path = file != null ? file : common.rulesGiven().orElse(CommonOptions.RULES);
        PolicyFile read = invariantsOnly ? PolicyFile.readForInvariants(path) : PolicyFile.read(path);
        if (common.json()) {
            JsonOutput.print(common.out(), json -> write(read, json));
        } else {
            print(read, common.out(), common.err());
        }
        boolean sound = read.errors() == 0 && !(strict && read.warnings() > 0);
        return sound ? ExitCode.DONE : ExitCode.NO;
    }

    private void print(PolicyFile read, PrintWriter out, PrintWriter err) {
        read.problems().forEach(err::println);
        String counts =
                read.policy().map(compiled -> counts(compiled.policy()) + "; ").orElse("");
        out.println(Printable.shown(read.path().toString()) + ": " + counts + Plural.of(read.errors(), "error") + ", "
                + Plural.of(read.warnings(), "warning"));
    }

    private String counts(Policy policy) {
        String invariants = invariants(policy.invariants().size());
        return invariantsOnly
                ? invariants
                : everything(policy) + (policy.invariants().isEmpty() ? "" : ", " + invariants);
    }

    private static String everything(Policy policy) {
        long rules = policy.securityGroups().values().stream()
                .mapToLong(group -> group.inbound().size() + group.outbound().size())
                .sum();
        return String.join(
                ", ",
                Plural.of(policy.securityGroups().size(), "group"),
                Plural.of(rules, "rule"),
                Plural.of(policy.instances().size(), "instance") + observing(policy),
                Plural.of(policy.clusters().size(), "cluster"),
                Plural.of(policy.tests().size(), "test") + " passed");
    }

    /** How many of the instances let in what their rules refuse; empty when none does. */
    private static String observing(Policy policy) {
        long observing = policy.observing().count();
        return observing == 0 ? "" : " (" + observing + " only observing)";
    }

    private static String invariants(int count) {
        return Plural.of(count, "invariant") + (count == 1 ? " holds" : " hold");
    }

    private static void write(PolicyFile read, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("file", read.path().toString());
        json.writeNumberField("errors", read.errors());
        json.writeNumberField("warnings", read.warnings());
        json.writeArrayFieldStart("problems");
        for (Problem problem : read.problems()) {
            json.writeStartObject();
            json.writeStringField("severity", problem.severity().name().toLowerCase(Locale.ROOT));
            json.writeStringField("file", problem.at().file());
            json.writeNumberField("line", problem.at().line());
            json.writeNumberField("column", problem.at().column());
            json.writeStringField("path", problem.path());
            json.writeStringField("message", problem.message());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }
}
