package io.secgroupd.controlplane.console.map;

import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.controlplane.console.api.JsonObject;
import io.secgroupd.controlplane.console.testkit.Desk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The map as a page gets it. */
class MapViewTest {

    private static final String RULES = """
            version: 1
            security_groups:
              sg-app:
                name: App
                outbound: [{protocol: tcp, ports: 3306, destination: sg-db}]
              sg-db:
                inbound:
                  - {protocol: tcp, ports: 3306, source: sg-app}
                  - {protocol: tcp, ports: 22, source: sg-app}
                  - {protocol: tcp, ports: 22, source: sg-lone}
              sg-lone: {}
            instances:
              app-1: {addresses: [10.0.0.1], security_groups: [sg-app]}
            clusters:
              orders: {security_groups: [sg-db], instances: {db-1: {addresses: [10.0.0.2]}}}
            """;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    @Test
    void anEdgeBetweenGroupsHasTheRulesOfBothAndIsOpenWhenSomethingPasses() throws IOException {
        try (var desk = new Desk(directory, RULES)) {
            JsonObject map = Desk.ask(new MapView(desk.store(), () -> {}), "{}");
            JsonObject edge = edge(map, "sg-app", "sg-db");
            assertThat(edge.text("state")).isEqualTo("open");
            assertThat(edge.text("services")).isEqualTo("tcp 3306, tcp 22");
            assertThat(edge.objects("rules"))
                    .extracting(rule -> rule.text("direction") + " " + rule.text("state"))
                    .containsExactly("egress open", "ingress open", "ingress blocked");
            assertThat(edge.objects("rules").get(1).text("at")).isEqualTo("rules.yaml:8");
            assertThat(edge(map, "sg-lone", "sg-db").text("state"))
                    .as("nobody is a member")
                    .isEqualTo("blocked");
            assertThat(edge(map, "sg-db", "any").flag("implied")).isTrue();
            assertThat(edge.flag("implied")).isFalse();
        }
    }

    @Test
    void nodesTellTheirMembersAndClusters() throws IOException {
        try (var desk = new Desk(directory, RULES)) {
            List<JsonObject> nodes =
                    Desk.ask(new MapView(desk.store(), () -> {}), "{}").objects("nodes");
            assertThat(nodes).extracting(node -> node.text("id")).containsExactly("sg-app", "sg-db", "sg-lone", "any");
            assertThat(nodes.get(0).text("label")).isEqualTo("App");
            assertThat(nodes.get(1).texts("clusters")).containsExactly("orders");
            assertThat(nodes.get(1).number("members")).hasValue(1);
            assertThat(nodes.get(3).text("kind")).isEqualTo("any");
        }
    }

    private static JsonObject edge(JsonObject map, String from, String to) {
        return map.objects("edges").stream()
                .filter(edge ->
                        edge.text("from").equals(from) && edge.text("to").equals(to))
                .findFirst()
                .orElseThrow();
    }
}
