package io.secgroupd.controlplane.edit.intent;

import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.rules.file.PolicyFiles;
import io.secgroupd.rules.file.PolicyReader;
import io.secgroupd.rules.model.Policy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The last fence of the editor: whatever it does to a text by mistake is a difference here. */
class MeaningTest {

    private static final String TEXT = """
            version: 1
            limits: { rules_per_security_group: 30 }
            prefix_lists:
              pl-a: { name: n, max_entries: 4, entries: [10.0.0.0/9, 10.128.0.0/9], except: [192.0.2.0/24] }
            security_groups:
              sg-a:
                tags: { k: v }
                inbound: [{ protocol: tcp, ports: 80, source: 10.1.0.0/16, description: web }]
                outbound: []
              sg-b: {}
              sg-c:
                inbound:
                  - { protocol: icmp, icmp_type: 8, source: any }
                  - { protocol: tcp, ports: 22, source: sg-a }
              sg-id: { inbound: [{ id: sgr-1, protocol: tcp, ports: 81, source: 10.3.0.0/16 }], outbound: [] }
              sg-ping: { inbound: [{ id: sgr-2, protocol: icmp, icmp_type: 3, source: any }], outbound: [] }
              sg-both:
                inbound: [{ protocol: udp, ports: 55, source: 10.5.0.0/16 }]
                outbound: [{ protocol: udp, ports: 55, destination: 10.5.0.0/16 }]
              sg-none: { inbound: [], outbound: [] }
            instances: { app: { addresses: [10.0.0.1, 10.0.0.2], security_groups: [sg-a, sg-b] } }
            clusters: { db: { port: 3306, security_groups: [sg-a], instances: { db-1: {} } } }
            tests: [{ name: t, from: 10.1.0.1, to: app, protocol: tcp, port: 80, expect: allow }]
            invariants: [{ name: i, never: { from: any, to: app, protocol: udp, ports: 53 } }]
            """;

    @Test
    void placesAndTheOrderOfRulesDoNotCount() {
        assertThat(difference("version: 1", "\n\nversion: 1")).isEmpty();
        String icmp = "      - { protocol: icmp, icmp_type: 8, source: any }\n";
        String ssh = "      - { protocol: tcp, ports: 22, source: sg-a }\n";
        assertThat(difference(icmp + ssh, ssh + icmp)).isEmpty();
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(delimiter = '|', textBlock = """
            rules_per_security_group: 30 | rules_per_security_group: 31 | limits
            name: n | name: m | prefix list "pl-a"
            name: n | name: n, description: d | prefix list "pl-a"
            name: n | name: n, tags: { k: v } | prefix list "pl-a"
            name: n | name: n, allow_empty: true | prefix list "pl-a"
            max_entries: 4 | max_entries: 5 | prefix list "pl-a"
            10.0.0.0/9, | { cidr: 10.0.0.0/9, description: d }, | prefix list "pl-a"
            10.0.0.0/9, 10.128.0.0/9 | 10.0.0.0/8 | prefix list "pl-a"
            192.0.2.0/24 | 192.0.2.0/25 | prefix list "pl-a"
            k: v | k: w | security group "sg-a"
            ports: 80 | ports: 81 | security group "sg-a"
            protocol: tcp, ports: 80 | protocol: udp, ports: 80 | security group "sg-a"
            10.1.0.0/16 | 10.2.0.0/16 | security group "sg-a"
            description: web | description: web, tags: { k: v } | security group "sg-a"
            description: web | description: web, id: sgr-own | security group "sg-a"
            description: web | description: wob | security group "sg-a"
            description: web | description: web, expires: 2126-12-01T18:00:00Z | security group "sg-a"
            outbound: [] | outbound: [{ protocol: all, destination: 10.0.0.1 }] | security group "sg-a"
            sg-b: {} | sg-b: { outbound: [] } | security group "sg-b"
            sg-b: {} | sg-b: { name: n } | security group "sg-b"
            sg-b: {} | sg-b: { description: d } | security group "sg-b"
            icmp_type: 8 | icmp_type: 13 | security group "sg-c"
            sgr-1, protocol: tcp | sgr-1, protocol: udp | security group "sg-id"
            ports: 81 | ports: 82 | security group "sg-id"
            10.3.0.0/16 | 10.4.0.0/16 | security group "sg-id"
            icmp_type: 3 | icmp_type: 5 | security group "sg-ping"
            10.5.0.0/16 | 10.6.0.0/16 | security group "sg-both"
            inbound: [], outbound: [] | inbound: [{ protocol: udp, ports: 54, source: any }], outbound: [{ protocol: udp, ports: 54, destination: any }] | security group "sg-none"
            sg-c: | sg-d: | security group "sg-c"
            10.0.0.1, 10.0.0.2 | 10.0.0.2, 10.0.0.1 | instance "app"
            [sg-a, sg-b] | [sg-b, sg-a] | instance "app"
            app: { | app: { mode: observe, | instance "app"
            app: { | app: { tags: { k: v }, | instance "app"
            port: 3306 | port: 3307 | cluster "db"
            port: 3306 | port: 3306, engine: e | cluster "db"
            port: 3306 | port: 3306, tags: { k: v } | cluster "db"
            port: 3306 | port: 3306, mode: observe | cluster "db"
            3306, security_groups: [sg-a], | 3306, security_groups: [], | instance "db-1"
            db-1: {} | db-2: {} | instance "db-1"
            expect: allow | expect: deny | tests
            expect: allow | expect: allow, at: 2126-12-01T18:00:00Z | tests
            ports: 53 | ports: 54 | invariants
            never: | only: | invariants
            """)
    void everythingElseDoes(String before, String after, String element) {
        assertThat(difference(before, after)).contains(element);
    }

    private static Optional<String> difference(String before, String after) {
        assertThat(TEXT).contains(before);
        return Meaning.difference(policy(TEXT), policy(TEXT.replace(before, after)));
    }

    private static Policy policy(String text) {
        Path file = Path.of("rules.yaml");
        var files = new PolicyFiles(file, Map.of(file, text.getBytes(StandardCharsets.UTF_8)));
        return PolicyReader.read(files).policy().orElseThrow();
    }
}
