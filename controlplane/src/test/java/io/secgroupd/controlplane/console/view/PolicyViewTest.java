package io.secgroupd.controlplane.console.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.controlplane.console.api.JsonObject;
import io.secgroupd.controlplane.console.testkit.Desk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A page sees the whole policy, and what is wrong with it. */
class PolicyViewTest {

    private static final String RULES = """
            version: 1
            prefix_lists:
              pl-office: {name: the office, max_entries: 9, entries: [{cidr: 192.0.2.0/24, description: first floor}]}
            security_groups:
              sg-app: {name: App}
              sg-db:
                description: the databases
                inbound:
                  - {protocol: tcp, ports: 3306, source: [sg-app, pl-office], description: queries}
                  - {protocol: tcp, ports: 3306, source: any}
                  - {protocol: icmp, icmp_type: 8, source: 10.0.0.0/8}
                outbound: []
            instances:
              app-1: {addresses: [10.0.0.1], security_groups: [sg-app]}
            clusters:
              orders: {port: 3306, engine: aurora-mysql, security_groups: [sg-db], instances: {db-1: {addresses: [10.0.0.2]}}}
            """;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    @SuppressWarnings("NullAway.Init")
    Desk desk;

    @BeforeEach
    void writeRules() throws IOException {
        desk = new Desk(directory, RULES);
    }

    @AfterEach
    void close() throws IOException {
        desk.close();
    }

    @Test
    void aRuleOfTheFileIsShownForEachPeerWithItsPlaceAndWhatShadowsIt() throws IOException {
        JsonObject group = policy().objects("groups").get(1);
        List<JsonObject> rules = group.objects("ingress");
        assertThat(rules)
                .extracting(rule -> rule.object("peer").orElseThrow().text("value"))
                .containsExactly("sg-app", "pl-office", "any", "10.0.0.0/8");
        assertThat(rules)
                .extracting(rule -> rule.object("peer").orElseThrow().text("kind"))
                .containsExactly("group", "list", "any", "prefix");
        assertThat(rules).extracting(rule -> rule.text("ports")).containsExactly("3306", "3306", "3306", "");
        assertThat(rules.get(0).text("at")).isEqualTo("rules.yaml:9");
        assertThat(rules.get(0).text("description")).isEqualTo("queries");
        assertThat(rules.get(0).optionalText("shadowed_by"))
                .contains(rules.get(2).text("id"));
        assertThat(rules.get(2).optionalText("shadowed_by")).isEmpty();
        assertThat(rules.get(3).number("icmp_type")).hasValue(8);
    }

    @Test
    void instancesSayWhetherTheyOnlyObserveAndThoseOfAClusterThatDoesSaySoToo() throws IOException {
        desk.write(RULES.replace("orders: {", "orders: {mode: observe, "));

        JsonObject policy = policy();
        assertThat(policy.objects("instances"))
                .extracting(one -> one.text("name") + " " + one.text("mode"))
                .containsExactly("app-1 enforce", "db-1 observe");
        assertThat(policy.objects("clusters"))
                .extracting(one -> one.text("mode"))
                .containsExactly("observe");
    }

    @Test
    void aGroupTellsWhoHasItAndWhetherItsOutboundRuleIsImplied() throws IOException {
        List<JsonObject> groups = policy().objects("groups");
        assertThat(groups.get(0).texts("instances")).containsExactly("app-1");
        assertThat(groups.get(0).flag("egress_implied")).isTrue();
        assertThat(groups.get(0).objects("egress").get(0).text("protocol")).isEqualTo("any");
        assertThat(groups.get(1).texts("instances")).containsExactly("db-1");
        assertThat(groups.get(1).texts("clusters")).containsExactly("orders");
        assertThat(groups.get(1).flag("egress_implied")).isFalse();
    }

    @Test
    void listsInstancesAndClustersAreShownWhole() throws IOException {
        JsonObject policy = policy();
        JsonObject list = policy.objects("lists").get(0);
        assertThat(list.number("count")).hasValue(1);
        assertThat(list.number("max_entries")).hasValue(9);
        assertThat(list.objects("entries").get(0).text("cidr")).isEqualTo("192.0.2.0/24");
        assertThat(policy.objects("instances"))
                .extracting(one -> one.text("name"))
                .containsExactly("app-1", "db-1");
        assertThat(policy.objects("instances").get(1).optionalText("cluster")).contains("orders");
        JsonObject cluster = policy.objects("clusters").get(0);
        assertThat(cluster.number("port")).hasValue(3306);
        assertThat(cluster.text("engine")).isEqualTo("aurora-mysql");
        assertThat(cluster.texts("instances")).containsExactly("db-1");
    }

    @Test
    void filesThatAreBrokenTellWhyBesideThePolicyThatWasSoundBefore() throws IOException {
        assertThat(policy().number("serial")).hasValue(1);
        desk.write(RULES.replace("ports: 3306, source: any", "ports: 33o6, source: any"));
        JsonObject policy = policy();
        assertThat(policy.number("serial")).hasValue(2);
        JsonObject problem = policy.objects("problems").get(0);
        assertThat(problem.text("severity")).isEqualTo("error");
        assertThat(problem.text("at")).startsWith("rules.yaml:10:");
        assertThat(problem.text("message")).contains("33o6");
        assertThat(policy.objects("groups")).hasSize(2);
    }

    @Test
    void theHistorySaysWhatEachRevisionMeans() throws IOException {
        assertThat(policy().number("serial")).hasValue(1);
        desk.write(
                RULES.replace("{protocol: tcp, ports: 3306, source: any}", "{protocol: tcp, ports: 22, source: any}"));
        List<JsonObject> revisions =
                Desk.ask(new HistoryView(desk.store()), "{}").objects("revisions");
        assertThat(revisions).hasSize(2);
        assertThat(revisions.get(0).text("meaning")).contains("db-1: inbound newly allowed tcp 22 from any");
        assertThat(revisions.get(0).text("author")).isEqualTo("hand edit");
    }

    private JsonObject policy() throws IOException {
        return Desk.ask(new PolicyView(desk.store(), () -> {}), "{}");
    }
}
