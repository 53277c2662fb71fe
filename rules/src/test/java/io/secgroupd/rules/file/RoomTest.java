package io.secgroupd.rules.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RoomTest {

    private static final long MIB = 1 << 20;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @SuppressWarnings("NullAway.Init")
    private Path rules;

    @BeforeEach
    void writeTwoListsOfAHundredThousand() throws IOException {
        rules = Files.writeString(directory.resolve("rules.yaml"), """
                version: 1
                prefix_lists: { pl-a: { file: a.txt }, pl-b: { file: b.txt } }
                """);
        Files.writeString(directory.resolve("a.txt"), list(10));
        Files.writeString(directory.resolve("b.txt"), list(11));
    }

    @Test
    void listsThatFitTheHeapAreTaken() {
        assertThat(PolicyReader.read(rules, 128 * MIB).errors()).isEmpty();
    }

    @Test
    void listsThatTogetherDoNotAreRefusedWithNumberLimitAndSetting() {
        assertThat(PolicyReader.read(rules, 32 * MIB).errors()).singleElement().satisfies(problem -> {
            assertThat(problem.at().file()).endsWith("b.txt");
            assertThat(problem.path()).isEqualTo("prefix_lists.pl-b");
            assertThat(problem.message())
                    .startsWith("the files hold 200000 IPv4 and 0 IPv6 list entries, 0 rules and ")
                    .contains("of the heap of 32 MiB a policy may take 8 MiB")
                    .contains("SECGROUPD_HEAP");
        });
    }

    @Test
    void rulesAreCountedBeforeTheyAreMade() throws IOException {
        String group = "  sg-%d: { inbound: [{ protocol: tcp, ports: [" + numbers(30)
                + "], source: [10.0.0.1, 10.0.0.3," + " 10.0.0.5] }] }\n";
        Files.writeString(
                rules,
                "version: 1\nlimits: { rules_per_security_group: 1000 }\nsecurity_groups:\n"
                        + IntStream.range(0, 200).mapToObj(group::formatted).collect(Collectors.joining()));

        assertThat(PolicyReader.read(rules, 128 * MIB).errors()).isEmpty();
        assertThat(PolicyReader.read(rules, 32 * MIB).errors())
                .singleElement()
                .asString()
                .contains("18200 rules");
    }

    private static String list(int net) {
        return IntStream.range(0, 100_000)
                .mapToObj(i -> net + "." + i / 25_000 + "." + i / 100 % 250 + "." + i % 100 * 2)
                .collect(Collectors.joining("\n"));
    }

    private static String numbers(int count) {
        return IntStream.range(1, count + 1).mapToObj(Integer::toString).collect(Collectors.joining(", "));
    }
}
