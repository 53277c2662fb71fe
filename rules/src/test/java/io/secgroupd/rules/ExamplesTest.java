package io.secgroupd.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.rules.file.PolicyReader;
import io.secgroupd.rules.pipeline.Checked;
import io.secgroupd.rules.pipeline.PolicyPipeline;
import io.secgroupd.rules.text.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every file that operators are told to start from reads without a warning, and keeps its own promises. */
class ExamplesTest {

    private static final Path EXAMPLES = Path.of("examples");

    /** What can be handed to {@code check}: the files at the top, and {@code rules.yaml} where one has a folder. */
    static List<Path> examples() throws IOException {
        try (Stream<Path> files = Files.walk(EXAMPLES, 2)) {
            return files.filter(file -> file.endsWith("rules.yaml")
                            || (EXAMPLES.equals(file.getParent())
                                    && file.toString().endsWith(".yaml")))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("examples")
    void hasNoProblemAndKeepsItsPromises(Path file) {
        Checked checked = PolicyPipeline.check(file, PolicyReader.read(file), Instant.now());

        assertThat(checked.problems()).allMatch(problem -> isMeant(file, problem));
        assertThat(checked.sound().orElseThrow().compiled().policy().tests()).hasSizeGreaterThan(4);
    }

    /** Whoever stages enforcement is warned of what is not protected yet, and of nothing else. */
    private static boolean isMeant(Path file, Problem problem) {
        return file.endsWith("staged.yaml")
                && !problem.isError()
                && problem.path().equals("clusters.orders.instances.orders-2.mode");
    }

    @Test
    void theIndexNamesEveryExample() throws IOException {
        String index = Files.readString(EXAMPLES.resolve("README.md"));

        assertThat(examples()).allSatisfy(file -> assertThat(index).contains("](" + EXAMPLES.relativize(file) + ")"));
    }
}
