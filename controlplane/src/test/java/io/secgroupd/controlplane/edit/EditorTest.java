package io.secgroupd.controlplane.edit;

import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.controlplane.edit.EditResult.EditRefused;
import io.secgroupd.controlplane.edit.EditResult.RefusalReason;
import io.secgroupd.rules.file.PolicyFiles;
import io.secgroupd.rules.file.PolicyReader;
import io.secgroupd.rules.model.Policy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When the text would not say what was asked for, nothing comes out: here the files say something else than they are thought to. */
class EditorTest {

    private static final Path RULES = Path.of("rules.yaml");

    private static final String TEXT = """
            version: 1
            security_groups:
              sg-a:
                inbound:
                  - { protocol: tcp, ports: 22, source: 10.0.0.0/8 }
                  - { protocol: tcp, ports: 80, source: 10.0.0.0/8 }
              sg-b: { name: b }
            instances:
              app: { addresses: [10.0.0.1] }
            """;

    @Test
    void anotherElementThatSaysSomethingElseIsNamed() {
        EditResult result = edit(TEXT.replace("name: b", "name: other"), "set-name, sg-a, a");
        assertThat(result)
                .hasToString("the change of the text would give security group \"sg-b\" another meaning than asked for;"
                        + " edit the file by hand");
        assertThat(reason(result)).isEqualTo(RefusalReason.OTHER_MEANING);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "remove-rule, sg-a, inbound, tcp 22 10.0.0.0/8",
                "replace-rule, sg-a, inbound, tcp 22 10.0.0.0/8, sgr-x, tcp 2222 10.0.0.0/8"
            })
    void aRuleThatIsNoLongerWrittenDoesNotChange(String change) {
        EditResult result = edit(TEXT.replace("ports: 22", "ports: 23"), change);
        assertThat(reason(result)).isEqualTo(RefusalReason.OTHER_MEANING);
    }

    @ParameterizedTest
    @ValueSource(strings = {"remove-instance, app", "set-addresses, app, {addresses: [10.0.0.2]}"})
    void anInstanceThatIsNoLongerWrittenDoesNotChange(String change) {
        EditResult result = edit(TEXT.replace("  app:", "  web:"), change);
        assertThat(result).hasToString("no instance \"app\" stands in the files");
        assertThat(reason(result)).isEqualTo(RefusalReason.NOT_EDITABLE);
    }

    /** The edit of a text that is thought to be {@link #TEXT}. */
    private static EditResult edit(String text, String change) {
        var changes = ChangeText.parse("[[" + change + "]]");
        return Editor.edit(files(text), policy(), changes, Instant.EPOCH, Optional.empty(), contents -> {});
    }

    private static RefusalReason reason(EditResult result) {
        return ((EditRefused) result).reason();
    }

    private static Policy policy() {
        return PolicyReader.read(files(TEXT)).policy().orElseThrow();
    }

    private static PolicyFiles files(String text) {
        return new PolicyFiles(RULES, Map.of(RULES, text.getBytes(StandardCharsets.UTF_8)));
    }
}
