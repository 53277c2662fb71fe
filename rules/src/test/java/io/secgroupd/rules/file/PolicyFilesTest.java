package io.secgroupd.rules.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.rules.model.ListEntry;
import io.secgroupd.rules.model.Policy;
import io.secgroupd.rules.testkit.PolicyBuilder;
import io.secgroupd.rules.text.Problem;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PolicyFilesTest {

    private static final Path FIRST = Path.of("no/such/directory/rules.yaml");

    @Test
    void includesGlobsAndListsAreFoundAmongTheGivenFiles() {
        PolicyFiles files = files(
                        "version: 1\ninclude: [d/*.yaml, ./d/../other.yaml]\nprefix_lists: { pl-a: { file: a.txt } }\n")
                .with(Map.of(
                        Path.of("no/such/directory/d/web.yaml"), bytes("security_groups: { sg-web: {} }\n"),
                        Path.of("no/such/directory/d/.hidden.yaml"), bytes("security_groups: { sg-hidden: {} }\n"),
                        Path.of("no/such/directory/d/note.txt"), bytes("no YAML: [\n"),
                        Path.of("no/such/directory/other.yaml"), bytes("security_groups: { sg-other: {} }\n"),
                        Path.of("no/such/directory/a.txt"), bytes("10.0.0.1\n")));

        ReadResult read = PolicyReader.read(files);

        assertThat(read.problems()).isEmpty();
        Policy policy = read.policy().orElseThrow();
        assertThat(policy.securityGroups()).containsOnlyKeys("sg-web", "sg-other");
        assertThat(policy.prefixLists().values())
                .singleElement()
                .satisfies(list -> assertThat(list.entries().contains(PolicyBuilder.address("10.0.0.1")))
                        .isTrue());
    }

    @Test
    void whatIsNotGivenIsMissing() {
        assertThat(PolicyReader.read(files("version: 1\ninclude: [other.yaml]\n"))
                        .errors())
                .singleElement()
                .extracting(Problem::message)
                .asString()
                .contains("no such file");
        assertThat(PolicyReader.read(new PolicyFiles(FIRST, Map.of())).errors()).hasSize(1);
    }

    @Test
    void aFileThatIncludesItselfIsToldSo() {
        assertThat(PolicyReader.read(files("version: 1\ninclude: [../directory/rules.yaml]\n"))
                        .errors())
                .singleElement()
                .extracting(Problem::message)
                .asString()
                .contains("includes itself");
    }

    @Test
    void entriesOfAListAreKeptAsTheyAreWritten() {
        Policy policy = PolicyReader.read(files("version: 1\nprefix_lists: { pl-a: [10.0.0.128/25, 10.0.0.0/25,"
                        + " { cidr: 10.0.0.0/25, description: a b… }] }\n"))
                .policy()
                .orElseThrow();

        assertThat(policy.prefixLists().values()).singleElement().satisfies(list -> {
            assertThat(list.entries().size()).isEqualTo(1);
            assertThat(list.written().orElseThrow().stream())
                    .containsExactly(
                            new ListEntry(PolicyBuilder.range("10.0.0.128/25"), ""),
                            new ListEntry(PolicyBuilder.range("10.0.0.0/25"), ""),
                            new ListEntry(PolicyBuilder.range("10.0.0.0/25"), "a b…"));
        });
    }

    private static PolicyFiles files(String first) {
        return new PolicyFiles(FIRST, Map.of(FIRST, bytes(first)));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
