package io.secgroupd.controlplane.edit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.secgroupd.controlplane.edit.EditResult.EditRefused;
import io.secgroupd.controlplane.edit.EditResult.Edited;
import io.secgroupd.controlplane.edit.EditResult.RefusalReason;
import io.secgroupd.controlplane.edit.change.IntendedChange;
import io.secgroupd.rules.file.PolicyFiles;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A policy is made from nothing, change by change or all at once. */
class EmptyFileTest {

    private static final Path RULES = Path.of("rules.yaml");

    private static final String CHANGES = """
            - [add-group, sg-app, {name: App}]
            - [add-group, sg-db, {name: Database}]
            - [add-rules, sg-db, inbound, tcp 3306 sg-app]
            - [add-instance, app-1, {addresses: [10.0.1.10], groups: [sg-app]}]
            - [add-instance, db-1, {addresses: [10.0.2.10, "2001:db8::2"]}]
            - [add-cluster, orders, {groups: [], engine: aurora-mysql, port: 3306}]
            - [set-cluster-instances, orders, {instances: [db-1]}]
            - [set-cluster-groups, orders, {groups: [sg-db]}]
            - [add-list, pl-office, {name: Office, entries: [{cidr: 192.0.2.0/24, description: first floor}]}]
            - [add-rules, sg-app, inbound, tcp 443 pl-office]
            - [set-addresses, app-1, {addresses: [10.0.1.11]}]
            """;

    private static final String AFTER = """
            version: 1
            security_groups:
              sg-app:
                name: App
                inbound:
                  - { protocol: tcp, ports: 443, source: pl-office }
              sg-db:
                name: Database
                inbound:
                  - { protocol: tcp, ports: 3306, source: sg-app }
            instances:
              app-1:
                addresses: [10.0.1.11]
                security_groups: [sg-app]
            clusters:
              orders:
                security_groups: [sg-db]
                engine: aurora-mysql
                port: 3306
                instances:
                  db-1:
                    addresses: [10.0.2.10, "2001:db8::2"]
            prefix_lists:
              pl-office:
                name: Office
                entries:
                  - { cidr: 192.0.2.0/24, description: first floor }
            """;

    static Stream<Arguments> beginnings() {
        return Stream.of(
                arguments("", AFTER),
                arguments("\n", "\n" + AFTER),
                arguments("# ours\n", "# ours\n" + AFTER),
                arguments("# ours", "# ours\n" + AFTER),
                arguments("version: 1\n", AFTER),
                arguments("version: 1", AFTER.stripTrailing()));
    }

    @ParameterizedTest
    @MethodSource("beginnings")
    void theScenarioIsWrittenFromNothing(String before, String after) {
        assertThat(each(before)).as("one after the other").isEqualTo(after);
    }

    @Test
    void allAtOnceSaysTheSame() {
        EditResult result = Editor.edit(files(""), ChangeText.parse(CHANGES), Instant.EPOCH);
        assertThat(result).isInstanceOf(Edited.class);
        assertThat(((Edited) result).policy().compiled().policy().clusters()).containsOnlyKeys("orders");
    }

    @Test
    void whatIsBrokenIsNotTakenForEmpty() {
        EditResult result = Editor.edit(files("{}"), ChangeText.parse("[[add-group, sg-a]]"), Instant.EPOCH);
        assertThat(((EditRefused) result).reason()).isEqualTo(RefusalReason.BROKEN_BEFORE);
    }

    @Test
    void aCommentThatIsNotUtf8IsNotReplacedByOther() {
        var latin1 = new PolicyFiles(RULES, Map.of(RULES, "# ä\n".getBytes(StandardCharsets.ISO_8859_1)));
        EditResult result = Editor.edit(latin1, ChangeText.parse("[[add-group, sg-a]]"), Instant.EPOCH);
        assertThat(((EditRefused) result).reason()).isEqualTo(RefusalReason.BROKEN_BEFORE);
        assertThat(result).hasToString("rules.yaml:1:3: these bytes are not UTF-8; save the file as UTF-8");
    }

    private static String each(String before) {
        String text = before;
        for (IntendedChange change : ChangeText.parse(CHANGES)) {
            EditResult result = Editor.edit(files(text), List.of(change), Instant.EPOCH);
            assertThat(result).as(change + " of%n%s", text).isInstanceOf(Edited.class);
            Map<Path, byte[]> files = ((Edited) result).files();
            text = files.containsKey(RULES) ? new String(files.get(RULES), StandardCharsets.UTF_8) : text;
        }
        return text;
    }

    private static PolicyFiles files(String text) {
        return new PolicyFiles(RULES, Map.of(RULES, text.getBytes(StandardCharsets.UTF_8)));
    }
}
