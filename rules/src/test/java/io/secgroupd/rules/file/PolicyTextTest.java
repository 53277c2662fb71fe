package io.secgroupd.rules.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.rules.text.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file that is read as if it stood in another one's place. */
class PolicyTextTest {

    private static final String RULES = """
            version: 1
            include: [../common/groups.yaml, rules.d/*.yaml]
            prefix_lists:
              pl-office: { file: ../lists/office.txt }
            """;

    @TempDir
    Path directory;

    private Path place;

    @BeforeEach
    void filesBesideThePlace() throws IOException {
        place = write("etc/rules.yaml", RULES);
        write("common/groups.yaml", """
                security_groups:
                  sg-web: { inbound: [{ protocol: tcp, ports: 80, source: pl-office }] }
                """);
        write("etc/rules.d/web.yaml", "instances: { web: { addresses: [10.0.0.1], security_groups: [sg-web] } }\n");
        write("lists/office.txt", "192.0.2.0/24\n");
    }

    @Test
    void itIsTheSamePolicyAsThatOfTheFileInItsPlace() {
        ReadResult inPlace = PolicyReader.read(place);
        ReadResult given = PolicyReader.read(text("new.yaml", RULES));

        assertThat(inPlace.policy()).isPresent();
        assertThat(given).isEqualTo(inPlace);
    }

    @Test
    void whatStandsInThePlaceIsNotRead() throws IOException {
        Files.delete(place);

        assertThat(PolicyReader.read(text("new.yaml", RULES)).policy()).isPresent();
    }

    @Test
    void whatItsIncludedFilesSayIsPartOfItsHash() throws IOException {
        String before = PolicyReader.read(text("new.yaml", RULES)).hash();
        write("lists/office.txt", "192.0.2.0/25\n");

        assertThat(PolicyReader.read(text("new.yaml", RULES)).hash()).isNotEqualTo(before);
    }

    @Test
    void problemsCallItByTheNameThatTheOperatorKnows() {
        String twice = RULES + "security_groups: { sg-a: { inbound: [] }, sg-a: { inbound: [] } }\nlimits: { x: 1 }\n";

        assertThat(PolicyReader.read(text("new.yaml", twice)).problems())
                .isNotEmpty()
                .extracting(Problem::toString)
                .allSatisfy(problem -> assertThat(problem).startsWith("new.yaml:"))
                .noneSatisfy(problem -> assertThat(problem).contains("etc/rules.yaml:"));
    }

    @Test
    void problemsOfItsIncludedFilesNameThose() throws IOException {
        Path broken = write("etc/rules.d/broken.yaml", "instances: [\n");

        assertThat(PolicyReader.read(text("new.yaml", RULES)).errors())
                .extracting(problem -> problem.at().file())
                .containsOnly(broken.toString());
    }

    @Test
    void itIncludesItselfWhenItIncludesItsPlace() {
        assertThat(PolicyReader.read(text("new.yaml", "version: 1\ninclude: [rules.yaml]\n"))
                        .errors())
                .extracting(Problem::toString)
                .containsExactly("new.yaml:2:11: include[0]: the file includes itself; remove this line");
    }

    @Test
    void aTextThatIsTooLongIsRefusedAsAFileWouldBe() {
        assertThat(PolicyReader.read(text("new.yaml", "#".repeat((16 << 20) + 1)))
                        .errors())
                .extracting(Problem::toString)
                .containsExactly("new.yaml:1:1: the file is longer than 16 MiB; make it shorter, or split it");
    }

    private PolicyText text(String name, String content) {
        return new PolicyText(name, content.getBytes(StandardCharsets.UTF_8), place);
    }

    private Path write(String name, String content) throws IOException {
        Path file = directory.resolve(name);
        Files.createDirectories(file.resolveSibling("."));
        return Files.writeString(file, content);
    }
}
