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
                    .startsWith(
                            "the files hold 200000 IPv4 and 0 IPv6 list entries, 0 rules, 0 addresses of instances in 0"
                                    + " memberships of groups, and ")
                    .contains("in the heap of 32 MiB a policy may take only 8 MiB")
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

    /** Twenty thousand addresses in sixteen groups are the members of groups 320,000 times. */
    @Test
    void addressIsCountedInEachOfItsGroups() throws IOException {
        String groups = IntStream.range(0, 16).mapToObj(i -> "sg-" + i).collect(Collectors.joining(", "));
        String addresses = IntStream.range(0, 20_000)
                .mapToObj(i -> "10.0." + i / 250 + "." + i % 250)
                .collect(Collectors.joining(", "));
        Files.writeString(
                rules,
                "version: 1\nlimits: { security_groups_per_instance: 16 }\nsecurity_groups: { "
                        + groups.replace(",", ": { inbound: [] },")
                        + ": { inbound: [] } }\ninstances: { web: { security_groups: ["
                        + groups + "], addresses: [" + addresses + "] } }\n");

        assertThat(PolicyReader.read(rules, 128 * MIB).errors()).isEmpty();
        assertThat(PolicyReader.read(rules, 64 * MIB).errors())
                .singleElement()
                .asString()
                .contains("20000 addresses of instances in 320000 memberships of groups");
    }

    @Test
    void textIsCountedBeforeItIsParsed() throws IOException {
        Files.writeString(rules, "version: 1\n#" + "x".repeat(5 << 20) + "\n");

        assertThat(PolicyReader.read(rules, 128 * MIB).errors()).isEmpty();
        assertThat(PolicyReader.read(rules, 32 * MIB).errors())
                .singleElement()
                .asString()
                .contains("and 0 values in 6 MiB of text", "raise SECGROUPD_HEAP");
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
