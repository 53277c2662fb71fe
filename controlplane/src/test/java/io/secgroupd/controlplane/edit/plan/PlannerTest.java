package io.secgroupd.controlplane.edit.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.controlplane.edit.change.Element;
import io.secgroupd.controlplane.edit.change.IntendedChange;
import io.secgroupd.rules.file.PolicyFiles;
import io.secgroupd.rules.file.PolicyReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PlannerTest {

    private static final Path FILE = Path.of("rules.yaml");

    /** Two groups have gone since, so the outline would blank the very one that changes. */
    @Test
    void theWholeIsLookedAtWhereThePlacesOfThePolicyHaveMoved() {
        var before = PolicyReader.read(files(groups(0, 8))).policy().orElseThrow();
        List<IntendedChange> changes = List.of(new IntendedChange.SetName(Element.group("sg-4"), "new"));

        Map<Path, byte[]> changed = Planner.changed(files(groups(2, 8)), before, changes, true);

        assertThat(changed).containsOnlyKeys(FILE);
        assertThat(new String(changed.get(FILE), StandardCharsets.UTF_8))
                .isEqualTo(groups(2, 8).replace("name: n4", "name: new"));
    }

    private static String groups(int from, int to) {
        return "version: 1\nsecurity_groups:\n"
                + IntStream.range(from, to)
                        .mapToObj(i -> "  sg-" + i + ":\n    name: n" + i + "\n")
                        .collect(Collectors.joining());
    }

    private static PolicyFiles files(String text) {
        return new PolicyFiles(FILE, Map.of(FILE, text.getBytes(StandardCharsets.UTF_8)));
    }
}
