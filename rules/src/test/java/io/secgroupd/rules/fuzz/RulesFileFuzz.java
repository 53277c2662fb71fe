package io.secgroupd.rules.fuzz;

import io.secgroupd.rules.file.PolicyFiles;
import io.secgroupd.rules.file.PolicyReader;
import io.secgroupd.rules.file.ReadResult;
import io.secgroupd.rules.pipeline.Checked;
import io.secgroupd.rules.pipeline.PolicyPipeline;
import io.secgroupd.rules.text.Printable;
import io.secgroupd.rules.text.Problem;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Any bytes as a rules file: it is a sound policy, or there are problems, each at a place and on one line. */
public final class RulesFileFuzz {

    private static final Path FILE = Path.of("rules.yaml");
    private static final long BASE = 16 << 20;
    private static final long EACH = 200_000;

    private RulesFileFuzz() {}

    /** One input. */
    public static void fuzzerTestOneInput(byte[] input) {
        Cost.bounded(input.length, BASE, EACH, () -> read(input));
    }

    private static void read(byte[] input) {
        var files = new PolicyFiles(FILE, Map.of(FILE, input));
        ReadResult read = PolicyReader.read(files);
        Claim.that(read.policy().isPresent() == read.errors().isEmpty(), "a policy and an error, or neither");
        problems(read.problems());
        Checked checked = PolicyPipeline.check(FILE, read, Instant.EPOCH);
        problems(checked.problems());
        Claim.that(
                checked.sound().isPresent() == checked.problems().stream().noneMatch(Problem::isError),
                "sound with an error, or unsound without");
        Claim.that(read.isOf(files) || !read.files().equals(List.of(FILE)), "it is not known again");
    }

    private static void problems(List<Problem> problems) {
        for (Problem problem : problems) {
            Claim.that(problem.at().line() >= 1 && problem.at().column() >= 1, "a problem at no place");
            Claim.that(Printable.firstUnprintable(problem.toString()).isEmpty(), "a problem that forges a line");
        }
    }
}
