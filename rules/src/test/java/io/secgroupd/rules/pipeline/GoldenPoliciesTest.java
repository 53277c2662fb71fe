package io.secgroupd.rules.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.rules.file.PolicyReader;
import io.secgroupd.rules.model.Policy;
import io.secgroupd.rules.testkit.CompiledText;
import io.secgroupd.rules.text.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every folder of {@code src/test/resources/policies} is a case: {@code rules.yaml}, with the files it names, and the
 * problems that reading it gives, in {@code problems.txt}; where it has no error, what it compiles to stands in
 * {@code compiled.txt}.
 *
 * <p>{@code mvn test -pl rules -Dtest=GoldenPoliciesTest -Dgolden.update=true} rewrites them all; the difference is then
 * reviewed like code. The name of a folder says whether its file is refused: {@code -ok-} and
 * {@code -warns-} are not.
 */
class GoldenPoliciesTest {

    private static final Path POLICIES = Path.of("src/test/resources/policies");
    /** The moment at which the cases are read: some rules of theirs expire before, some after. */
    private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");

    private static final boolean UPDATE = Boolean.getBoolean("golden.update");

    static Stream<Path> folders() throws IOException {
        try (Stream<Path> folders = Files.list(POLICIES)) {
            return folders.sorted().toList().stream();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("folders")
    void givesTheProblemsOfItsFolder(Path folder) throws IOException {
        Checked checked = check(folder);
        String problems = checked.problems().stream()
                .map(problem -> problem.toString().replace(folder + "/", "") + "\n")
                .collect(Collectors.joining());
        assertGolden(folder.resolve("problems.txt"), problems);
        assertThat(checked.sound().isPresent())
                .isEqualTo(checked.problems().stream().noneMatch(Problem::isError));
    }

    private static Checked check(Path folder) {
        Path rules = folder.resolve("rules.yaml");
        return PolicyPipeline.check(rules, PolicyReader.read(rules), NOW);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("folders")
    void compilesToTheFilterOfItsFolder(Path folder) throws IOException {
        Path golden = folder.resolve("compiled.txt");
        Optional<Policy> policy =
                PolicyReader.read(folder.resolve("rules.yaml")).policy();
        if (policy.isEmpty()) {
            assertThat(golden).doesNotExist();
            return;
        }
        assertGolden(golden, CompiledText.of(policy.get().at(NOW)).replace(folder + "/", ""));
    }

    private static void assertGolden(Path golden, String text) throws IOException {
        if (UPDATE) {
            Files.writeString(golden, text);
        }
        assertThat(text).isEqualTo(Files.readString(golden));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("folders")
    void isRefusedUnlessItsNameSaysOtherwise(Path folder) {
        String name = folder.getFileName().toString();
        Checked checked = check(folder);
        boolean refused = checked.sound().isEmpty();
        assertThat(refused).isNotEqualTo(name.contains("-ok-") || name.contains("-warns-"));
        assertThat(!refused && checked.problems().isEmpty()).isEqualTo(name.contains("-ok-"));
    }
}
