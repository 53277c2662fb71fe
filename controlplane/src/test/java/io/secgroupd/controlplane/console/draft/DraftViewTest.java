package io.secgroupd.controlplane.console.draft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.secgroupd.controlplane.console.api.BadCallException;
import io.secgroupd.controlplane.console.api.JsonObject;
import io.secgroupd.controlplane.console.map.DraftMapView;
import io.secgroupd.controlplane.console.testkit.Desk;
import io.secgroupd.rules.model.Policy;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A draft says what it would mean and do, and what is wrong with it in the words of the reader. */
class DraftViewTest {

    private static final String RULES = """
            version: 1
            prefix_lists:
              pl-a: [192.0.2.0/24]
            security_groups:
              sg-app: {}
              sg-db:
                # who may query
                inbound: [{protocol: tcp, ports: 3306, source: sg-app}]
            instances:
              app-1: {addresses: [10.0.0.1], security_groups: [sg-app]}
            clusters:
              orders: {security_groups: [sg-db], instances: {db-1: {addresses: [10.0.0.2]}}}
            tests:
              - {name: app reaches db, from: app-1, to: db-1, protocol: tcp, port: 3306, expect: allow}
            """;

    private static final String OPEN_22 =
            "{'do':'add_rule','group':'sg-db','direction':'ingress','protocol':'tcp','ports':'22','peer':'sg-app',"
                    + "'description':'shell'}";

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
    void aDraftSaysWhoObservesFromThenOn() throws IOException {
        String untested = RULES.substring(0, RULES.indexOf("tests:"));
        desk.write(untested.replace("orders: {", "orders: {mode: observe, "));

        JsonObject draft = draft("{'do':'set_cluster_instances','cluster':'orders','instances':['db-1','app-1']}");

        assertThat(draft.texts("modes"))
                .containsExactly("instance app-1: enforce -> observe: what its rules refuse is let in from now on");
        assertThat(draft.text("summary")).startsWith("instance app-1: enforce -> observe");
    }

    @Test
    void aDraftSaysWhatItMeansAndWhatItDoesToTheText() throws IOException {
        JsonObject draft = draft(OPEN_22);
        assertThat(draft.flag("ok")).isTrue();
        assertThat(draft.flag("stale")).isFalse();
        JsonObject row = draft.objects("meaning").get(0);
        assertThat(row.text("instance")).isEqualTo("db-1");
        assertThat(row.objects("flows").get(0).text("terms")).isEqualTo("tcp 22 from 10.0.0.1/32");
        assertThat(row.objects("flows").get(0).text("now")).isEqualTo("ACCEPT");
        assertThat(draft.object("tests").orElseThrow().number("passed")).hasValue(1);
        JsonObject file = draft.objects("files").get(0);
        assertThat(file.text("path")).isEqualTo("rules.yaml");
        assertThat(file.objects("lines"))
                .filteredOn(line -> line.text("kind").equals("+"))
                .anyMatch(line -> line.text("text").contains("description: shell"));
        assertThat(desk.text()).as("nothing is written").isEqualTo(RULES);
    }

    @Test
    void aPageThatHasPlannedOnAnotherRevisionIsTold() throws IOException {
        String base = desk.hash();
        desk.write(RULES + "# seen\n");
        JsonObject draft = Desk.ask(new DraftView(new Drafts(desk.store())), body(base, OPEN_22));
        assertThat(draft.flag("stale")).isTrue();
        assertThat(draft.flag("ok")).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "'do':'add_rule','group':'sg-db','direction':'ingress','protocol':'tcp','ports':'70000','peer':'any'"
                        + " | \"70000\" is not a port; ports are 0-65535 | ports",
                "'do':'add_rule','group':'sg-db','direction':'ingress','protocol':'tcp','ports':'1','peer':'10.0.0.300'"
                        + " | 10.0.0.300 | source",
                "'do':'add_rule','group':'sg-db','direction':'egress','protocol':'tcp','ports':'1','peer':'sg-apq'"
                        + " | sg-app | destination",
                "'do':'add_rule','group':'sg-db','direction':'ingress','protocol':'igmp','ports':'','peer':'any'"
                        + " | is not a protocol; write 2 | protocol",
                "'do':'add_rule','group':'sg-db','direction':'ingress','protocol':'icmp','icmp_type':300,'peer':'any'"
                        + " | from 0 to 255 | icmp_type",
                "'do':'add_group','id':'web' | \"web\" is not an id; write sg- | web",
                "'do':'add_instance','name':'a b','addresses':['10.0.0.9'],'groups':[] | is not a name | a b",
                "'do':'add_list','id':'pl-b','name':'','entries':[{'cidr':'10.0.0.0/33'}] | 10.0.0.0/33 | cidr",
                "'do':'set_instance_groups','instance':'app-1','groups':['sg-no'] | sg-no | security_groups[0]",
                "'do':'add_cluster','name':'c','groups':[],'port':0,'engine':'' | from 1 to 65535 | port"
            })
    void whatIsTypedWrongIsToldInTheWordsOfTheReader(String change, String message, String path) throws IOException {
        JsonObject draft = draft(OPEN_22, "{" + change + "}");
        assertThat(draft.flag("ok")).isFalse();
        JsonObject problem = draft.objects("problems").get(0);
        assertThat(problem.number("change")).hasValue(1);
        assertThat(problem.text("message")).contains(message.strip());
        assertThat(problem.text("path")).endsWith(path.strip());
        assertThat(problem.text("at")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'do':'remove_rule','group':'sg-db','direction':'ingress','id':'sgr-no'",
                "'do':'remove_instance','name':'nobody'",
                "'do':'set_instance_groups','instance':'db-1','groups':[]",
                "'do':'add_group','id':'sg-db','name':'','description':''"
            })
    void whatIsImpossibleIsAProblemOfItsChange(String change) throws IOException {
        JsonObject problem = draft("{" + change + "}").objects("problems").get(0);
        assertThat(problem.number("change")).hasValue(0);
        assertThat(problem.text("message")).hasSizeGreaterThan(15);
    }

    @Test
    void aTestOfTheFileThatWouldFailIsAProblemAtItsPlace() throws IOException {
        JsonObject draft = draft("{'do':'set_cluster_groups','cluster':'orders','groups':[]}");
        assertThat(draft.flag("ok")).isFalse();
        assertThat(draft.objects("problems").get(0).text("at")).startsWith("rules.yaml:14:");
        assertThat(draft.objects("problems").get(0).number("change")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'do':'format_disk'}",
                "{}",
                "{'do':'add_group'}",
                "{'do':'set_name','kind':'instance','id':'x','name':'y'}",
                "{'do':'add_rule','group':'sg-db','direction':'sideways','protocol':'tcp','ports':'1','peer':'any'}"
            })
    void nonsenseIsRefused(String change) {
        assertThatThrownBy(() -> draft(change)).isInstanceOf(BadCallException.class);
    }

    @Test
    void everyKindOfChangeIsPossible() throws IOException {
        String rule = rule();
        JsonObject draft = draft(
                "{'do':'add_group','id':'sg-new','name':'New','description':'made here'}",
                "{'do':'set_name','kind':'group','id':'sg-new','name':'Newer'}",
                "{'do':'set_description','kind':'list','id':'pl-a','description':'office'}",
                "{'do':'add_rule','group':'sg-new','direction':'egress','protocol':'any','ports':'','peer':'pl-a'}",
                "{'do':'replace_rule','group':'sg-db','direction':'ingress','id':'" + rule
                        + "','protocol':'tcp','ports':'3306-3307','peer':'sg-app','description':''}",
                "{'do':'add_list','id':'pl-b','name':'B','entries':[{'cidr':'198.51.100.0/24','description':'x'}]}",
                "{'do':'add_entries','list':'pl-b','entries':[{'cidr':'203.0.113.7'}]}",
                "{'do':'remove_entries','list':'pl-b','entries':['198.51.100.0/24']}",
                "{'do':'add_rule','group':'sg-new','direction':'ingress','protocol':'tcp','ports':'','peer':'pl-b'}",
                "{'do':'add_instance','name':'app-2','addresses':['10.0.0.5'],'groups':['sg-new']}",
                "{'do':'set_addresses','instance':'app-2','addresses':['10.0.0.6']}",
                "{'do':'set_instance_groups','instance':'app-2','groups':['sg-app','sg-new']}",
                "{'do':'add_cluster','name':'users','groups':['sg-db'],'port':5432,'engine':'aurora-postgresql'}",
                "{'do':'set_cluster_instances','cluster':'users','instances':['app-2']}",
                "{'do':'set_cluster_groups','cluster':'users','groups':['sg-new']}",
                "{'do':'remove_instance','name':'app-2'}",
                "{'do':'remove_cluster','name':'users'}",
                "{'do':'remove_group','id':'sg-new'}",
                "{'do':'remove_list','id':'pl-b'}");
        assertThat(draft.objects("problems"))
                .extracting(one -> one.text("message"))
                .isEmpty();
        assertThat(draft.flag("ok")).isTrue();
    }

    private String rule() throws IOException {
        Policy policy = desk.store().current().read().policy().orElseThrow();
        return Objects.requireNonNull(policy.securityGroups().get("sg-db"))
                .inbound()
                .get(0)
                .id();
    }

    @Test
    void aPolicyIsBegunInAnEmptyFile() throws IOException {
        desk.write("");
        JsonObject draft = draft("{'do':'add_group','id':'sg-app','name':'','description':''}");
        assertThat(draft.flag("ok")).isTrue();
        assertThat(draft.objects("files").get(0).objects("lines"))
                .extracting(line -> line.text("text"))
                .startsWith("version: 1");
    }

    @Test
    void theMapOfADraftTellsWhatIsNew() throws IOException {
        JsonObject map = Desk.ask(
                new DraftMapView(new Drafts(desk.store())),
                body(
                        desk.hash(),
                        "{'do':'add_rule','group':'sg-db','direction':'ingress','protocol':'tcp','ports':'22','peer':'pl-a'}"));
        assertThat(map.objects("edges"))
                .filteredOn(edge -> !edge.text("change").equals("same"))
                .extracting(edge -> edge.text("from") + " " + edge.text("to") + " " + edge.text("change"))
                .containsExactly("pl-a sg-db added");
    }

    private JsonObject draft(String... changes) throws IOException {
        return Desk.ask(new DraftView(new Drafts(desk.store())), body(desk.hash(), changes));
    }

    private static String body(String base, String... changes) {
        String all = String.join(",", List.of(changes)).replace('\'', '"');
        return "{\"base\":\"" + base + "\",\"changes\":[" + all + "]}";
    }
}
