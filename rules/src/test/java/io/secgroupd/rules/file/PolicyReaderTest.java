package io.secgroupd.rules.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.rules.model.Endpoint;
import io.secgroupd.rules.model.Expectation;
import io.secgroupd.rules.model.Policy;
import io.secgroupd.rules.model.Rule;
import io.secgroupd.rules.model.Service;
import io.secgroupd.rules.net.AddressText;
import io.secgroupd.rules.net.Direction;
import io.secgroupd.rules.net.Verdict;
import io.secgroupd.rules.yaml.FileInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PolicyReaderTest {

    @TempDir
    Path dir;

    @Test
    void anEntryIsAsManyRulesAsPortsTimesPeersInWrittenOrder() throws IOException {
        assertThat(terms(inbound("{ protocol: tcp, ports: [443, 80-90], source: [any, 10.0.0.1, self] }")))
                .containsExactly(
                        "tcp 443 from any",
                        "tcp 443 from 10.0.0.1/32",
                        "tcp 443 from sg-web",
                        "tcp 80-90 from any",
                        "tcp 80-90 from 10.0.0.1/32",
                        "tcp 80-90 from sg-web");
    }

    @Test
    void spellingsOfOneRuleHaveOneId() throws IOException {
        String id = inbound("{ protocol: tcp, ports: 443, source: 2001:db8::/32 }")
                .get(0)
                .id();
        assertThat(id).matches("sgr-[0-9a-f]{17}");
        assertThat(inbound("{ source: \"2001:0db8:0::/32\", ports: [443-443], protocol: 6, description: other }")
                        .get(0)
                        .id())
                .isEqualTo(id);
    }

    @Test
    void whatChangesTheMeaningChangesTheId() throws IOException {
        var ids = inbound("""
                { protocol: tcp, ports: 443, source: 10.0.0.0/8 }
                      - { protocol: udp, ports: 443, source: 10.0.0.0/8 }
                      - { protocol: tcp, ports: 444, source: 10.0.0.0/8 }
                      - { protocol: tcp, ports: 443, source: 10.0.0.0/9 }
                      - { protocol: icmp, source: 10.0.0.0/8 }
                      - { protocol: icmp, icmp_type: 0, source: 10.0.0.0/8 }
                      - { protocol: icmp, icmp_type: 0, icmp_code: 0, source: 10.0.0.0/8 }""");
        assertThat(ids).extracting(Rule::id).doesNotHaveDuplicates().hasSize(7);
    }

    @Test
    void anIdGivenByTheOperatorStays() throws IOException {
        assertThat(inbound("{ protocol: all, source: 10.0.0.0/8, id: sgr-mine }"))
                .extracting(Rule::id)
                .containsExactly("sgr-mine");
    }

    @Test
    void aDuplicateRuleIsReadOnce() throws IOException {
        assertThat(terms(inbound("{ protocol: tcp, ports: [80, 80], source: [10.0.0.1, 10.0.0.1/32] }")))
                .containsExactly("tcp 80 from 10.0.0.1/32");
    }

    @Test
    void aGroupWithoutTheKeyLetsEverythingOutAndOneWithAnEmptyListNothing() throws IOException {
        Policy policy = policy("version: 1\nsecurity_groups:\n  sg-a: {}\n  sg-b: { outbound: [] }\n");
        var open = of(policy.securityGroups(), "sg-a");
        assertThat(terms(open.rules(Direction.EGRESS))).containsExactly("all to any");
        assertThat(open.rules(Direction.EGRESS).get(0).at()).isEqualTo(open.at());
        assertThat(open.rules(Direction.INGRESS)).isEmpty();
        assertThat(of(policy.securityGroups(), "sg-b").rules(Direction.EGRESS)).isEmpty();
    }

    @Test
    void everyInstanceOfAClusterHasTheClustersGroups() throws IOException {
        Policy policy = policy("""
                version: 1
                security_groups: { sg-a: {}, sg-b: {} }
                clusters:
                  pair:
                    security_groups: [sg-b, sg-a]
                    instances: { one: { addresses: [10.0.0.1] }, two: { addresses: [10.0.0.2] } }
                """);
        assertThat(policy.instances().values())
                .allSatisfy(instance -> assertThat(instance.securityGroups()).containsExactly("sg-b", "sg-a"))
                .allSatisfy(instance -> assertThat(instance.cluster()).contains("pair"))
                .hasSize(2);
        assertThat(of(policy.clusters(), "pair").instances()).containsExactly("one", "two");
    }

    @Test
    void testsKnowTheirEndsAndTheirPlace() throws Exception {
        Policy policy = policy("""
                version: 1
                instances: { app: { addresses: [10.0.0.1] } }
                clusters: { db: {} }
                tests:
                  - { name: one, from: app, to: db, protocol: tcp, port: 3306, expect: allow }
                  - { from: 2001:db8::1, to: app, protocol: icmpv6, expect: deny }
                """);
        String file = dir.resolve("rules.yaml").toString();
        assertThat(policy.tests())
                .extracting(test -> test.path() + " " + test.at().fileLine())
                .containsExactly("tests[0] " + file + ":5", "tests[1] " + file + ":6");
        Expectation first = policy.tests().get(0);
        assertThat(first.from()).isEqualTo(new Endpoint.OfInstance("app"));
        assertThat(first.to()).isEqualTo(new Endpoint.OfCluster("db"));
        assertThat(first.service()).isEqualTo(new Service(6, 3306, 0, 0));
        Expectation second = policy.tests().get(1);
        assertThat(second.name()).isEqualTo("2001:db8::1 to app");
        assertThat(second.from()).isEqualTo(new Endpoint.Address(AddressText.parseAddress("2001:db8::1")));
        assertThat(second.service()).as("ping").isEqualTo(new Service(58, 0, 128, 0));
        assertThat(second.expect()).isEqualTo(Verdict.REJECT);
    }

    @Test
    void namesEveryFileThatTheResultDependsOn() throws IOException {
        write("groups.yaml", "prefix_lists: { pl-a: { file: lists/a.txt } }\n");
        Path main = write("rules.yaml", "version: 1\ninclude: [groups.yaml, \"conf.d/*.yaml\", gone.yaml]\n");
        assertThat(PolicyReader.read(main).files())
                .containsExactly(
                        main,
                        dir.resolve("groups.yaml"),
                        dir.resolve("conf.d"),
                        dir.resolve("gone.yaml"),
                        dir.resolve("lists/a.txt"));
    }

    @Test
    void theHashChangesWithEveryFileAndOnlyThen() throws IOException {
        Path main = write("rules.yaml", "version: 1\nprefix_lists: { pl-a: { file: a.txt } }\n");
        write("a.txt", "10.0.0.0/8\n");
        String hash = PolicyReader.read(main).hash();
        assertThat(PolicyReader.read(main).hash()).isEqualTo(hash).matches("[0-9a-f]{64}");
        write("a.txt", "10.0.0.0/9\n");
        assertThat(PolicyReader.read(main).hash()).isNotEqualTo(hash);
    }

    @Test
    void aReadingWithoutHashFindsTheSameAndIsNeverTakenForUnchanged() throws IOException {
        Path main = write("rules.yaml", "version: 1\nprefix_lists: { pl-a: { file: a.txt } }\n");
        write("a.txt", "10.0.0.0/8\n10.0.0.1/9\n2001:db8::/32");
        ReadResult read = PolicyReader.readUnhashed(main);
        assertThat(read.policy()).isEqualTo(PolicyReader.read(main).policy()).isPresent();
        assertThat(read.problems())
                .isEqualTo(PolicyReader.read(main).problems())
                .hasSize(1);
        assertThat(read.hash()).isEmpty();
        assertThat(PolicyReader.isStill(read.files(), read.hash(), FileInput.BY_NAME))
                .isFalse();
    }

    @Test
    void aListFileIsTheUnionOfItsLines() throws Exception {
        write(
                "a.txt",
                "\ufeff# made by a tool\r\n10.0.0.0/25\r\n10.0.0.128/25 # touches\r\n\r\n::1\r192.0.2.1-192.0.2.2");
        Policy policy = policy("version: 1\nprefix_lists: { pl-a: { file: a.txt } }\n");
        assertThat(of(policy.prefixLists(), "pl-a").entries())
                .hasToString("[10.0.0.0/24, 192.0.2.1-192.0.2.2, ::1/128]");
    }

    private List<Rule> inbound(String entries) throws IOException {
        Policy policy = policy("version: 1\nsecurity_groups:\n  sg-web:\n    inbound:\n      - " + entries + "\n");
        return of(policy.securityGroups(), "sg-web").inbound();
    }

    private static <T> T of(Map<String, T> all, String name) {
        return Objects.requireNonNull(all.get(name));
    }

    private static List<String> terms(List<Rule> rules) {
        return rules.stream().map(Rule::terms).toList();
    }

    private Policy policy(String text) throws IOException {
        ReadResult result = PolicyReader.read(write("rules.yaml", text));
        assertThat(result.errors()).isEmpty();
        return result.policy().orElseThrow();
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(dir.resolve(name), text);
    }
}
