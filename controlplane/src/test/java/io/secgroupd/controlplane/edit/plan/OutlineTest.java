package io.secgroupd.controlplane.edit.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.controlplane.edit.change.Element;
import io.secgroupd.controlplane.edit.text.SourceText;
import io.secgroupd.rules.file.PolicyFiles;
import io.secgroupd.rules.file.PolicyReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OutlineTest {

    private static final Path FILE = Path.of("rules.yaml");

    @Test
    void whatStandsUnderGroupsFarFromTheChangeIsBlank() {
        String text = policy("");
        assertThat(names(outline(text, Element.group("sg-4"))))
                .as("the first, the changed one with its neighbours, and the last two")
                .isEqualTo("sg-0 sg-3 sg-4 sg-5 sg-7 sg-8");
    }

    @Test
    void everyOtherCharacterKeepsItsPlace() {
        String text = policy("  # an \uD83D\uDD12 before the name\n");
        String outline = outline(text, Element.group("sg-8"));
        assertThat(outline).hasSameSizeAs(text).contains("sg-2:").doesNotContain("name: two");
        IntStream.range(0, text.length())
                .filter(i -> outline.charAt(i) != ' ')
                .forEach(i -> assertThat(outline.charAt(i)).isEqualTo(text.charAt(i)));
    }

    @Test
    void nothingIsBlankWhereAnAliasMayLeadAnywhere() {
        String text = policy("").replace("name: two", "name: &two two");
        assertThat(outline(text, Element.group("sg-8"))).isEqualTo(text);
    }

    @Test
    void groupsInBracesOrOnOneLineStayAsTheyAre() {
        String text = policy("").replace("sg-2:\n    name: two", "sg-2: { name:\n    two }");
        assertThat(outline(text, Element.group("sg-8"))).contains("two }").doesNotContain("name: three");
        String braces = "version: 1\nsecurity_groups: {\n"
                + IntStream.range(0, 9)
                        .mapToObj(i -> "  sg-" + i + ":\n    { name: n },\n")
                        .collect(Collectors.joining())
                + "}\n";
        assertThat(outline(braces, Element.group("sg-8"))).isEqualTo(braces);
        String brackets = lists("    # why\n    [10.0.0.0/8,\n    11.0.0.0/8]\n");
        assertThat(outline(brackets, Element.list("pl-8"))).isEqualTo(brackets);
    }

    @Test
    void listsFarFromTheChangeAreBlankToo() {
        String outline = outline(lists("    - 10.0.0.0/8\n"), Element.list("pl-4"));
        assertThat(outline.lines().filter(line -> line.contains("10.0.0.0/8"))).hasSize(6);
        assertThat(outline).contains("  pl-1:\n                \n  pl-2:\n");
    }

    @Test
    void groupsOfAnotherFileDoNotCount() {
        String first = policy("").replace("version: 1\n", "version: 1\ninclude: [more.yaml]\n");
        byte[] more = policy("").replace("sg-", "sg-more-").getBytes(StandardCharsets.UTF_8);
        assertThat(names(outline(first, Map.of(Path.of("more.yaml"), more), Element.group("sg-4"))))
                .isEqualTo("sg-0 sg-3 sg-4 sg-5 sg-7 sg-8");
    }

    private static String lists(String value) {
        return "version: 1\nprefix_lists:\n"
                + IntStream.range(0, 9)
                        .mapToObj(i -> "  pl-" + i + ":\n" + value)
                        .collect(Collectors.joining());
    }

    private static String policy(String comment) {
        String[] names = {"zero", "one", "two", "three", "four", "five", "six", "seven", "eight"};
        return "version: 1\nsecurity_groups:\n"
                + IntStream.range(0, names.length)
                        .mapToObj(i -> "  sg-" + i + ":\n" + comment + "    name: " + names[i] + "\n")
                        .collect(Collectors.joining())
                + "instances: {}\n";
    }

    private static String outline(String text, Element concerned) {
        return outline(text, Map.of(), concerned);
    }

    private static String outline(String text, Map<Path, byte[]> others, Element concerned) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        var files = new PolicyFiles(FILE, others).with(Map.of(FILE, bytes));
        var policy = PolicyReader.read(files).policy().orElseThrow();
        return Outline.of(SourceText.of(FILE.toString(), bytes), policy, Set.of(concerned))
                .text();
    }

    /** The groups whose names are still there. */
    private static String names(String outline) {
        return outline.lines()
                .filter(line -> line.contains("name:"))
                .map(line -> outline.substring(0, outline.indexOf(line)))
                .map(above -> above.substring(above.lastIndexOf("sg-"), above.lastIndexOf("sg-") + 4))
                .collect(Collectors.joining(" "));
    }
}
