package io.secgroupd.controlplane.edit;

import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.controlplane.edit.EditResult.EditRefused;
import io.secgroupd.controlplane.edit.EditResult.RefusalReason;
import io.secgroupd.rules.file.PolicyFiles;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A change that names what is not there, or adds what is there already, is refused before any text is looked at. */
class ImpossibleChangesTest {

    private static final Path RULES = Path.of("rules.yaml");

    private static final String TEXT = """
            version: 1
            prefix_lists:
              pl-a: [10.0.0.0/8, 11.0.0.0/8]
            security_groups:
              sg-a:
                inbound:
                  - { protocol: tcp, ports: 22, source: 10.0.0.0/8 }
                  - { protocol: tcp, ports: 80, source: any }
            instances:
              app: { addresses: [10.0.0.1], security_groups: [sg-a] }
              tagged: { addresses: [10.0.0.2], tags: { team: web } }
            clusters:
              db: { security_groups: [sg-a] }
            """;

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            add-group, sg-a                        | the security group "sg-a" is there already
            add-list, pl-a                         | the prefix list "pl-a" is there already
            add-instance, app                      | the instance "app" is there already
            add-cluster, db                        | the cluster "db" is there already
            """)
    void whatIsThereIsNotAdded(String change, String message) {
        assertRefused(change, message);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            remove-group, sg-x                     | there is no security group "sg-x"
            remove-list, pl-x                      | there is no prefix list "pl-x"
            remove-instance, x                     | there is no instance "x"
            remove-cluster, x                      | there is no cluster "x"
            set-name, sg-x, new                    | there is no security group "sg-x"
            set-cluster-port, x, 3306              | there is no cluster "x"
            set-cluster-instances, db, {instances: [x]} | there is no instance "x"
            """)
    void whatIsNotThereDoesNotChange(String change, String message) {
        assertRefused(change, message);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            add-rules, sg-a, inbound, tcp 22 10.0.0.0/8         | the rule "tcp 22 10.0.0.0/8" is there already
            add-rules, sg-a, inbound, tcp 1 any, tcp 1 any      | the rule "tcp 1 any" is there already
            replace-rule, sg-a, inbound, tcp 22 10.0.0.0/8, sgr-x, tcp 80 any | the rule "tcp 80 any" is there already
            remove-rule, sg-a, inbound, tcp 22 any              | there is no rule "tcp 22 any" inbound in "sg-a"
            remove-rule, sg-a, inbound, tcp 80 10.0.0.0/8       | there is no rule "tcp 80 10.0.0.0/8" inbound in "sg-a"
            remove-rule, sg-a, inbound, icmp 8 any              | there is no rule "icmp type 8 any" inbound in "sg-a"
            remove-rule, sg-a, outbound, 47 any                 | there is no rule "47 any" outbound in "sg-a"
            replace-rule, sg-a, inbound, udp 22 10.0.0.0/8, sgr-x, tcp 1 any | there is no rule "udp 22 10.0.0.0/8" inbound in "sg-a"
            """)
    void aRuleIsNamedByItsWords(String change, String message) {
        assertRefused(change, message);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            add-entries, pl-a, {entries: [12.0.0.0/8, 11.0.0.0/8]}    | 11.0.0.0/8 is an entry of "pl-a" already
            add-entries, pl-a, {entries: [12.0.0.0/8, 12.0.0.0/8]}    | 12.0.0.0/8 is an entry of "pl-a" already
            remove-entries, pl-a, {entries: [10.0.0.0/8, 10.0.0.0/9]} | 10.0.0.0/9 is not an entry of "pl-a"
            remove-entries, pl-a, {entries: [11.0.0.0/8, 11.0.0.0/8]} | 11.0.0.0/8 is not an entry of "pl-a"
            """)
    void anEntryIsNamedByItsAddresses(String change, String message) {
        assertRefused(change, message);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            set-name, app, new               | instance "app" has neither a name nor a description to change
            set-description, cluster:db, new | cluster "db" has neither a name nor a description to change
            set-cluster-instances, db, {instances: [tagged]} | instance "tagged" has tags, and an instance of a cluster has none of its own; take them away first
            """)
    void whatAnElementCannotHaveIsNotWritten(String change, String message) {
        assertRefused(change, message);
    }

    private static void assertRefused(String change, String message) {
        var files = new PolicyFiles(RULES, Map.of(RULES, TEXT.getBytes(StandardCharsets.UTF_8)));
        EditResult result = Editor.edit(files, ChangeText.parse("[[" + change + "]]"), Instant.EPOCH);
        assertThat(result).isInstanceOf(EditRefused.class).hasToString(message);
        assertThat(((EditRefused) result).reason()).isEqualTo(RefusalReason.IMPOSSIBLE);
    }
}
