package io.secgroupd.controlplane.console.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.secgroupd.controlplane.console.api.BadCallException;
import io.secgroupd.controlplane.console.api.JsonObject;
import io.secgroupd.controlplane.console.testkit.Desk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One line asks who may talk to whom; the answer has both halves, and what would allow it. */
class WhyViewTest {

    private static final String RULES = """
            version: 1
            security_groups:
              sg-app: {}
              sg-db:
                inbound: [{protocol: tcp, ports: 3306, source: sg-app}]
                outbound: []
            instances:
              app-1: {addresses: [10.0.0.1], security_groups: [sg-app]}
              db-1: {addresses: [10.0.0.2], security_groups: [sg-db]}
              bare: {addresses: [10.0.0.3]}
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

    @ParameterizedTest
    @ValueSource(
            strings = {
                "app-1 -> db-1 tcp 3306",
                "app-1->db-1 tcp 3306",
                "  from app-1 to db-1 tcp port 3306 ",
                "app-1 db-1 tcp/3306",
                "10.0.0.1 → 10.0.0.2, TCP:3306"
            })
    void aLineIsReadHoweverItIsWritten(String line) throws IOException {
        JsonObject answer = why(line);
        assertThat(answer.text("verdict")).isEqualTo("ACCEPT");
        assertThat(answer.optionalText("to_instance")).contains("db-1");
        assertThat(answer.number("port")).hasValue(3306);
        JsonObject ingress = answer.object("ingress").orElseThrow();
        assertThat(ingress.flag("checked")).isTrue();
        assertThat(ingress.text("group")).isEqualTo("sg-db");
        assertThat(ingress.text("at")).isEqualTo("rules.yaml:5");
        assertThat(ingress.text("terms")).startsWith("tcp 3306 from sg-app");
        assertThat(answer.objects("remedy")).isEmpty();
    }

    @Test
    void aRefusalNamesTheNearestRuleAndTheRuleThatWouldAllowIt() throws IOException {
        JsonObject answer = why("app-1 -> db-1 tcp 5432");
        assertThat(answer.text("verdict")).isEqualTo("REJECT");
        JsonObject nearest =
                answer.object("ingress").orElseThrow().object("nearest").orElseThrow();
        assertThat(nearest.texts("differing")).containsExactly("port");
        List<JsonObject> remedy = answer.objects("remedy");
        assertThat(remedy).hasSize(1);
        assertThat(remedy.get(0).text("do")).isEqualTo("add_rule");
        assertThat(remedy.get(0).text("group")).isEqualTo("sg-db");
        assertThat(remedy.get(0).text("direction")).isEqualTo("ingress");
        assertThat(remedy.get(0).text("ports")).isEqualTo("5432");
        assertThat(remedy.get(0).text("peer")).isEqualTo("sg-app");
    }

    @Test
    void whatIsOnlyObservedIsRefusedByTheRulesAndLetInAllTheSame() throws IOException {
        desk.write(RULES.replace("security_groups: [sg-db]}", "security_groups: [sg-db], mode: observe}"));

        JsonObject observed = why("app-1 -> db-1 tcp 5432");
        assertThat(observed.text("verdict")).isEqualTo("REJECT");
        assertThat(observed.flag("observed")).isTrue();
        assertThat(observed.object("ingress").orElseThrow().flag("observed")).isTrue();
        assertThat(observed.object("egress").orElseThrow().flag("observed")).isFalse();
        assertThat(observed.objects("remedy")).hasSize(1);
        assertThat(why("db-1 -> bare tcp 80").flag("observed"))
                .as("bare enforces")
                .isFalse();
        assertThat(why("app-1 -> db-1 tcp 3306").flag("observed")).isFalse();
    }

    @Test
    void bothHalvesAreHelpedWhenBothRefuse() throws IOException {
        JsonObject answer = why("db-1 -> db-1 tcp 1");
        assertThat(answer.text("verdict")).as("loopback").isEqualTo("ACCEPT");
        answer = why("db-1 -> bare udp 53");
        assertThat(answer.objects("remedy"))
                .extracting(change -> change.text("peer"))
                .containsExactly("10.0.0.3/32");
        assertThat(answer.text("remedy_text"))
                .isEqualTo("Allow udp 53 to 10.0.0.3/32 in the outbound rules of sg-db."
                        + " Associate a security group with bare: it has none, so nothing may come in.");
    }

    @Test
    void anOutsideEndIsAllowedByItsAddress() throws IOException {
        JsonObject answer = why("203.0.113.9 -> db-1 icmp");
        assertThat(answer.object("egress").orElseThrow().flag("checked")).isFalse();
        JsonObject change = answer.objects("remedy").get(0);
        assertThat(change.text("peer")).isEqualTo("203.0.113.9/32");
        assertThat(change.number("icmp_type")).hasValue(8);
    }

    @Test
    void fieldsAskTheSame() throws IOException {
        JsonObject answer = Desk.ask(
                new WhyView(desk.store()), "{\"from\":\"app-1\",\"to\":\"db-1\",\"protocol\":\"tcp\",\"port\":3306}");
        assertThat(answer.text("verdict")).isEqualTo("ACCEPT");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "app-1",
                "app-1 -> db-1",
                "app-1 -> db-1 tcp",
                "app-1 -> db-1 tcp 99999",
                "app-1 -> db-1 all",
                "app-1 -> db-1 47 1",
                "app-1 -> db-2 tcp 1",
                "app-1 -> 2001:db8::1 tcp 1"
            })
    void nonsenseIsAnsweredWithASentence(String line) {
        assertThatThrownBy(() -> why(line)).isInstanceOf(BadCallException.class).hasMessageMatching(".{10,}\\.");
    }

    private JsonObject why(String line) throws IOException {
        return Desk.ask(new WhyView(desk.store()), "{\"text\":\"" + line + "\"}");
    }
}
