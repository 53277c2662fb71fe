package io.secgroupd.controlplane.edit;

import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.controlplane.edit.EditResult.Edited;
import io.secgroupd.controlplane.edit.change.Element;
import io.secgroupd.controlplane.edit.change.IntendedChange;
import io.secgroupd.controlplane.edit.change.IntendedChange.SetName;
import io.secgroupd.rules.file.PolicyFiles;
import io.secgroupd.rules.file.PolicyReader;
import io.secgroupd.rules.model.Policy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A draft that was made before anybody knew what the files say changes nothing about what comes out. */
class DraftTest {

    private static final Path FILE = Path.of("rules.yaml");
    private static final List<IntendedChange> CHANGES = List.of(new SetName(Element.group("sg-4"), "new"));

    private static final String BEFORE = "version: 1\nsecurity_groups:\n"
            + IntStream.range(0, 8)
                    .mapToObj(i -> "  sg-" + i + ":\n    name: n" + i + "\n    description: d" + i + "\n")
                    .collect(Collectors.joining());

    @ParameterizedTest
    @ValueSource(strings = {"version: 1\n# a comment above all\n", "version: 1\nlimits: {}\n\n\n"})
    void aDraftOfFilesWhoseLinesHaveMovedIsAsGoodAsAnyOther(String beginning) {
        assertSameAsWithout(BEFORE.replace("version: 1\n", beginning));
    }

    @Test
    void aDraftOfFilesThatSaySomethingElseIsHeldAgainstThat() {
        assertSameAsWithout(BEFORE + "  sg-8: {}\n");
        assertSameAsWithout(BEFORE.replace("name: n4", "name: by-hand"));
        assertSameAsWithout(BEFORE.replace("  sg-4:\n    name: n4\n    description: d4\n", ""));
        assertSameAsWithout(BEFORE.replace("  sg-2:\n", "  sg-2: &two\n"));
    }

    @Test
    void whoeverHasADraftWaitsForNoOtherText() {
        Optional<Draft> draft = Editor.draft(files(BEFORE), policy(BEFORE), CHANGES, Instant.EPOCH);
        var contents = new ArrayList<Map<Path, byte[]>>();

        EditResult result = Editor.edit(files(BEFORE), policy(BEFORE), CHANGES, Instant.EPOCH, draft, contents::add);

        assertThat(text(result)).contains("name: new");
        assertThat(contents).isEmpty();
    }

    @Test
    void theNewTextIsShownBeforeItIsChecked() {
        var contents = new ArrayList<Map<Path, byte[]>>();

        EditResult result =
                Editor.edit(files(BEFORE), policy(BEFORE), CHANGES, Instant.EPOCH, Optional.empty(), contents::add);

        assertThat(contents).hasSize(1);
        assertThat(new String(contents.get(0).get(FILE), StandardCharsets.UTF_8))
                .isEqualTo(text(result));
    }

    @Test
    void aDraftOfOtherFilesOrChangesIsNotTaken() {
        Optional<Draft> other = Editor.draft(
                files(BEFORE), policy(BEFORE), List.of(new SetName(Element.group("sg-4"), "other")), Instant.EPOCH);
        assertThat(text(edit(BEFORE, other))).contains("name: new").doesNotContain("name: other");
        String edited = BEFORE + "# by hand\n";
        assertThat(text(edit(edited, Editor.draft(files(BEFORE), policy(BEFORE), CHANGES, Instant.EPOCH))))
                .contains("# by hand", "name: new");
    }

    private static void assertSameAsWithout(String edited) {
        Optional<Draft> draft = Editor.draft(files(edited), policy(BEFORE), CHANGES, Instant.EPOCH);
        EditResult with = edit(edited, draft);
        EditResult without = edit(edited, Optional.empty());
        assertThat(with.getClass()).isEqualTo(without.getClass());
        if (with instanceof Edited) {
            assertThat(text(with)).isEqualTo(text(without));
        } else {
            assertThat(with).hasToString(without.toString());
        }
    }

    private static EditResult edit(String text, Optional<Draft> draft) {
        return Editor.edit(files(text), policy(text), CHANGES, Instant.EPOCH, draft, contents -> {});
    }

    private static PolicyFiles files(String text) {
        return new PolicyFiles(FILE, Map.of(FILE, text.getBytes(StandardCharsets.UTF_8)));
    }

    private static Policy policy(String text) {
        return PolicyReader.read(files(text)).policy().orElseThrow();
    }

    private static String text(EditResult result) {
        return new String(((Edited) result).files().values().iterator().next(), StandardCharsets.UTF_8);
    }
}
