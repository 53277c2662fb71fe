package io.secgroupd.controlplane.aws.operation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.rules.file.PolicyFiles;
import io.secgroupd.rules.file.PolicyReader;
import io.secgroupd.rules.model.Policy;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ListVersionsTest {

    private static Policy policy(String lists, String file) {
        Path rules = Path.of("rules.yaml");
        var files = new PolicyFiles(
                rules,
                Map.of(
                        rules,
                        ("version: 1\nprefix_lists: {" + lists + "}\n").getBytes(UTF_8),
                        Path.of("list.txt"),
                        file.getBytes(UTF_8)));
        return PolicyReader.read(files).policy().orElseThrow();
    }

    private static ListVersions after(String... lists) {
        ListVersions versions = ListVersions.NONE;
        for (String one : lists) {
            versions = versions.after(policy(one, ""));
        }
        return versions;
    }

    @Test
    void aNewListHasTheFirstVersion() {
        assertThat(ListVersions.NONE.of("pl-a")).isEqualTo(1);
        assertThat(after("pl-a: [10.0.0.0/8]").of("pl-a")).isEqualTo(1);
        assertThat(after("pl-a: [10.0.0.0/8]").isModified("pl-a")).isFalse();
    }

    @Test
    void eachChangeOfTheEntriesCounts() {
        ListVersions changed =
                after("pl-a: [10.0.0.0/8]", "pl-a: [11.0.0.0/8]", "pl-a: [{cidr: 11.0.0.0/8, description: x}]");
        assertThat(changed.of("pl-a")).isEqualTo(3);
        assertThat(changed.isModified("pl-a")).isTrue();
    }

    @Test
    void nameAndSizeAreNoneOfTheEntries() {
        ListVersions renamed = after("pl-a: {entries: []}", "pl-a: {entries: [], name: x}");
        assertThat(renamed.of("pl-a")).isEqualTo(1);
        assertThat(renamed.isModified("pl-a")).isTrue();
        assertThat(after("pl-a: {entries: []}", "pl-a: {entries: [], max_entries: 4}")
                        .isModified("pl-a"))
                .isTrue();
    }

    @Test
    void otherListsAndDescriptionsChangeNothing() {
        ListVersions same = after("pl-a: {entries: []}, pl-b: []", "pl-a: {entries: [], description: x}");
        assertThat(same.of("pl-a")).isEqualTo(1);
        assertThat(same.isModified("pl-a")).isFalse();
    }

    @Test
    void aListThatIsGoneIsForgotten() {
        assertThat(after("pl-a: [10.0.0.0/8]", "pl-a: [11.0.0.0/8]", "", "pl-a: [12.0.0.0/8]")
                        .of("pl-a"))
                .isEqualTo(1);
    }

    @Test
    void theEntriesOfAFileCountToo() {
        String list = "pl-a: {file: list.txt}";
        ListVersions before = ListVersions.NONE.after(policy(list, "10.0.0.0/8\n"));
        assertThat(before.after(policy(list, "10.0.0.0/8\n11.0.0.0/8\n")).of("pl-a"))
                .isEqualTo(2);
    }
}
