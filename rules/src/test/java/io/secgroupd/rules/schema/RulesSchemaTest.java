package io.secgroupd.rules.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code schema/rules.schema.json} against every example, and every golden case of the reader. */
class RulesSchemaTest {

    private static final Path POLICIES = Path.of("src/test/resources/policies");

    /** Refused for what a schema cannot know; everything else that is refused, the schema has to refuse as well. */
    private static final List<String> BEYOND_A_SCHEMA = List.of(
            "021-merge-key",
            "033-too-many-aliases",
            "038-include-is-missing",
            "040-include-includes-others",
            "043-same-id-in-two-files",
            "050-rule-id-taken",
            "052-names-taken",
            "057-too-many-rules",
            "058-too-many-groups",
            "064-port-range-reversed",
            "076-range-reversed",
            "079-group-is-unknown",
            "082-stale-is-for-peers-only",
            "088-list-file-is-missing",
            "089-list-file-has-bad-lines",
            "090-list-file-has-many-bad-lines",
            "091-list-file-is-utf-16",
            "092-list-file-has-nul",
            "095-address-of-two-instances",
            "130-tests-fail",
            "135-list-file-is-json",
            "151-invariants-do-not-hold",
            "156-tests-fail-at-their-time");

    private final SchemaFile schema;

    RulesSchemaTest() throws IOException {
        schema = SchemaFile.at(Path.of("schema/rules.schema.json"));
    }

    static List<Path> examples() throws IOException {
        return files(Path.of("examples"))
                .filter(file -> file.toString().endsWith(".yaml"))
                .toList();
    }

    static List<Path> accepted() throws IOException {
        return cases().filter(RulesSchemaTest::isAccepted).toList();
    }

    private static Stream<Path> cases() throws IOException {
        return files(POLICIES).filter(file -> file.endsWith("rules.yaml"));
    }

    private static boolean isAccepted(Path file) {
        String folder = file.getName(file.getNameCount() - 2).toString();
        return folder.contains("-ok-") || folder.contains("-warns-");
    }

    private static Stream<Path> files(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile).sorted().toList().stream();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("examples")
    void acceptsEveryExampleAndWhatItIncludes(Path file) {
        assertThat(schema.problems(file)).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("accepted")
    void acceptsWhatTheReaderAccepts(Path file) {
        assertThat(schema.problems(file)).isEmpty();
    }

    @Test
    void refusesWhatTheReaderRefusesExceptWhatASchemaCannotSee() throws IOException {
        assertThat(cases().filter(file -> !isAccepted(file))
                        .filter(file -> schema.problems(file).isEmpty())
                        .map(file -> POLICIES.relativize(file).getName(0).toString()))
                .containsExactlyElementsOf(BEYOND_A_SCHEMA);
    }
}
