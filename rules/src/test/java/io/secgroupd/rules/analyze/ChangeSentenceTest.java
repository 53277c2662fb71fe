package io.secgroupd.rules.analyze;

import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.rules.compile.CompiledPolicy;
import io.secgroupd.rules.file.PolicyFiles;
import io.secgroupd.rules.file.PolicyReader;
import io.secgroupd.rules.model.FlowEnd;
import io.secgroupd.rules.model.Invariant;
import io.secgroupd.rules.net.PortRange;
import io.secgroupd.rules.net.Protocol;
import io.secgroupd.rules.testkit.PolicyBuilder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ChangeSentenceTest {

    @Test
    void namesWhatIsNewlyAllowedAndRejectedForInstancesAlike() {
        assertThat(change(orders("tcp 3306"), orders("tcp 3307")))
                .isEqualTo("orders-1, orders-2: inbound newly allowed tcp 3307 from 10.0.1.10/32;"
                        + " inbound newly rejected tcp 3306 from 10.0.1.10/32");
    }

    @Test
    void theFlowsOfEachInstanceAreCounted() {
        CompiledPolicy before = CompiledPolicy.of(orders("tcp 3306").build());

        assertThat(ChangeSentence.counted(
                        before, CompiledPolicy.of(orders("tcp 3307").build())))
                .isEqualTo("+2 -2: orders-1, orders-2: inbound newly allowed tcp 3307 from 10.0.1.10/32;"
                        + " inbound newly rejected tcp 3306 from 10.0.1.10/32");
        assertThat(ChangeSentence.counted(
                        before, CompiledPolicy.of(orders("tcp 3300-3306").build())))
                .startsWith("+2 -0: orders-1, orders-2: inbound newly allowed tcp 3300-3305");
        assertThat(ChangeSentence.counted(before, before)).isEqualTo("no change in meaning");
    }

    @Test
    void anotherSpellingIsNoChange() {
        assertThat(change(orders("tcp 80-81"), orders("tcp 80").in("sg-db", "tcp 81", "10.0.1.10")))
                .isEqualTo("no change in meaning");
    }

    @Test
    void instanceThatComesIsNamed() {
        assertThat(change(orders("tcp 80"), orders("tcp 80").instance("new", List.of("10.0.2.9"), "sg-db")))
                .startsWith("new added: inbound newly allowed tcp 80 from 10.0.1.10/32");
    }

    @Test
    void modesAreNamedBeforeWhatTheRulesSay() {
        PolicyBuilder observing = orders("tcp 80").observing("orders-1").observing("orders-2");

        assertThat(change(orders("tcp 3306"), observing))
                .startsWith(
                        "instances orders-1, orders-2: enforce -> observe: what their rules refuse is let in from now"
                                + " on; orders-1, orders-2: inbound newly allowed tcp 80");
        assertThat(change(observing, orders("tcp 80")))
                .isEqualTo(
                        "instances orders-1, orders-2: observe -> enforce: what their rules refuse is refused from now"
                                + " on");
    }

    @Test
    void manyInstancesThatObserveAreCounted() {
        PolicyBuilder enforcing = new PolicyBuilder().group("sg-a");
        PolicyBuilder observing = new PolicyBuilder().group("sg-a");
        IntStream.range(0, 100).forEach(i -> {
            enforcing.instance("i-" + i, List.of("10.0.0." + i), "sg-a");
            observing.instance("i-" + i, List.of("10.0.0." + i), "sg-a").observing("i-" + i);
        });

        assertThat(change(enforcing, observing))
                .isEqualTo(
                        "instances i-0, i-1, i-2 and 97 more: enforce -> observe: what their rules refuse is let in from"
                                + " now on");
    }

    @Test
    void invariantsThatComeGoOrChangeAreNamed() {
        PolicyBuilder never = promising("private", Invariant.Kind.NEVER, "tcp 80");

        assertThat(change(orders("tcp 80"), never)).isEqualTo("invariant \"private\" added");
        assertThat(change(never, promising("private", Invariant.Kind.ONLY, "tcp 80")))
                .isEqualTo("invariant \"private\" changed");
        assertThat(change(promising("", Invariant.Kind.NEVER, "tcp 80"), orders("tcp 81")))
                .startsWith(
                        "invariant never udp 53 from any to 10.0.2.10/32 removed; orders-1, orders-2: inbound newly");
        assertThat(ChangeSentence.counted(
                        CompiledPolicy.of(never.build()),
                        CompiledPolicy.of(orders("tcp 80-81").build())))
                .startsWith("+2 -0: invariant \"private\" removed; orders-1, orders-2: inbound newly allowed tcp 81");
        assertThat(change(never, promising("private", Invariant.Kind.NEVER, "tcp 80")))
                .isEqualTo("no change in meaning");
    }

    private static PolicyBuilder promising(String name, Invariant.Kind kind, String service) {
        List<FlowEnd> from = List.of(new FlowEnd.OfPeer(PolicyBuilder.peer("any")));
        List<FlowEnd> to = List.of(new FlowEnd.OfPeer(PolicyBuilder.peer("10.0.2.10")));
        return orders(service).invariant(name, kind, from, to, Protocol.UDP, PortRange.of(53));
    }

    @Test
    void howeverMuchChangesItIsOneShortLine() {
        PolicyBuilder before = new PolicyBuilder();
        PolicyBuilder after = new PolicyBuilder();
        String[] prefixes =
                IntStream.range(0, 200).mapToObj(i -> "10.9." + i + ".1").toArray(String[]::new);
        after.list("pl-many", prefixes);
        for (int i = 0; i < 50; i++) {
            before.instance("i-" + i, List.of("10.0.3." + i), "sg-" + i).in("sg-" + i, "tcp " + (100 + i), "any");
            after.instance("i-" + i, List.of("10.0.3." + i), "sg-" + i).in("sg-" + i, "tcp " + (200 + i), "pl-many");
        }

        assertThat(change(before, after))
                .hasSizeLessThanOrEqualTo(ChangeSentence.LONGEST)
                .contains("from 10.9.0.1/32, 10.9.1.1/32, 10.9.2.1/32 and 197 more ranges")
                .endsWith("…");
    }

    @Test
    void ofPoliciesTooLargeToCompareItIsCountedWhatIsWritten() {
        assertThat(change(large("tcp 80", 30_000), large("tcp 81", 30_001)))
                .isEqualTo("1 group, 1 prefix list written differently; secgroupd diff tells what that means");
        assertThat(change(large("tcp 80", 30_000), large("tcp 80", 30_000))).isEqualTo("no change in meaning");
    }

    @Test
    void theEndOfARuleIsNamedWhenItComesMovesOrGoes() {
        String rule = "sgr-[0-9a-f]{17} of sg-web ";

        assertThat(ChangeSentence.of(until(""), until(""))).isEqualTo("no change in meaning");
        assertThat(ChangeSentence.of(until(""), until("2999-01-01T00:00:00Z")))
                .matches(rule + "expires at 2999-01-01T00:00:00Z");
        assertThat(ChangeSentence.of(until("2999-01-01T00:00:00Z"), until("2998-01-01T00:00:00Z")))
                .matches(rule + "expires at 2998-01-01T00:00:00Z");
        assertThat(ChangeSentence.of(until("2999-01-01T00:00:00Z"), until(""))).matches(rule + "expires no longer");
    }

    private static CompiledPolicy until(String end) {
        String rules = """
                version: 1
                security_groups:
                  sg-web: { inbound: [{ protocol: tcp, ports: 80, source: any%s }] }
                instances: { web: { addresses: [10.0.1.10], security_groups: [sg-web] } }
                """.formatted(end.isEmpty() ? "" : ", expires: " + end);
        Path file = Path.of("rules.yaml");
        var files = new PolicyFiles(file, Map.of(file, rules.getBytes(StandardCharsets.UTF_8)));
        return CompiledPolicy.of(PolicyReader.read(files).policy().orElseThrow());
    }

    private static PolicyBuilder orders(String service) {
        return new PolicyBuilder()
                .in("sg-db", service, "10.0.1.10")
                .instance("orders-1", List.of("10.0.2.10"), "sg-db")
                .instance("orders-2", List.of("10.0.2.11"), "sg-db");
    }

    private static PolicyBuilder large(String service, int prefixes) {
        return orders(service)
                .list(
                        "pl-large",
                        IntStream.range(0, prefixes)
                                .mapToObj(i -> "11." + (i >> 8) + "." + (i & 0xff) + ".1")
                                .toArray(String[]::new));
    }

    private static String change(PolicyBuilder before, PolicyBuilder after) {
        return ChangeSentence.of(CompiledPolicy.of(before.build()), CompiledPolicy.of(after.build()));
    }
}
