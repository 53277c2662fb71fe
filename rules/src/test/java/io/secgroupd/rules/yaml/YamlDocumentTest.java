package io.secgroupd.rules.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.rules.text.Printable;
import io.secgroupd.rules.text.Problem;
import io.secgroupd.rules.text.Problems;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class YamlDocumentTest {

    /** A map is searched in another way when it has more than eight entries. */
    @ParameterizedTest
    @ValueSource(ints = {1, 7, 8, 9, 10, 100})
    void aKeyIsADuplicateInMapsOfEverySize(int size) {
        for (int again = 0; again < size; again++) {
            String keys = IntStream.range(0, size)
                    .mapToObj(key -> "k" + key + ": 1\n")
                    .collect(Collectors.joining());
            assertThat(problems(keys + "k" + again + ": 2\n"))
                    .containsExactly("a.yaml:" + (size + 1) + ":1: k" + again + ": duplicate key \"k" + again
                            + "\"; the first is at a.yaml:" + (again + 1) + ":1");
        }
    }

    /** A decoder that replaces broken bytes puts the same character there. */
    @Test
    void aReplacementCharacterMayBeWritten() {
        var problems = new Problems();
        byte[] text = "a: \ufffd".getBytes(StandardCharsets.UTF_8);
        Value document = YamlDocument.parse("a.yaml", text, problems).orElseThrow();
        assertThat(document.entries().orElseThrow().get(0).value().text()).contains("\ufffd");
        assertThat(problems.sorted()).isEmpty();
    }

    @Test
    void brokenBytesAreNotReplaced() {
        byte[] text = {'a', ':', ' ', (byte) 0xef, (byte) 0xbf, (byte) 0xbd, (byte) 0xc0, (byte) 0xaf};
        var problems = new Problems();
        assertThat(YamlDocument.parse("a.yaml", text, problems)).isEmpty();
        assertThat(problems.sorted())
                .map(Problem::toString)
                .containsExactly("a.yaml:1:5: these bytes are not UTF-8; save the file as UTF-8");
    }

    /** The engine's own words quote the character at which it gave up, whatever that is. */
    @ParameterizedTest
    @ValueSource(strings = {"%YAML 0\n---\na: 1\n", "%YAML 1.\u001b[2J", "a: \"\\x\u001b\"", "%TAG ! \u001b"})
    void brokenSyntaxForgesNoLineAndSteersNoTerminal(String text) {
        assertThat(problems(text))
                .isNotEmpty()
                .allSatisfy(problem ->
                        assertThat(Printable.firstUnprintable(problem)).isEmpty());
    }

    /** The engine reads them as a number, and fails on none and on too many. */
    @ParameterizedTest
    @ValueSource(strings = {"k: v\nab: \"\\u", "k: v\nab: \"\\U", "k: v\nab: \"\\x", "k: v\nab: \"\\UFFFFFFFF\""})
    void anEscapeThatIsNoCharacterIsAProblem(String text) {
        assertThat(problems(text)).hasSize(1).allMatch(problem -> problem.startsWith("a.yaml:2:"));
    }

    @Test
    void theFirstTextMayBeTheOneWithSuchAnEscape() {
        assertThat(problems("\"\\u"))
                .containsExactly(
                        "a.yaml:1:1: what follows has an escape that is no character; write four hexadecimal digits"
                                + " behind \\u, or eight behind \\U, at most 0010FFFF");
    }

    @ParameterizedTest
    @ValueSource(strings = {"%YAML 99999999999.1\n---\na: 1\n", "%YAML 1.99999999999\n---\na: 1\n"})
    void noVersionIsTooLong(String text) {
        assertThat(problems(text)).hasSize(1);
    }

    private static List<String> problems(String text) {
        var problems = new Problems();
        YamlDocument.parse("a.yaml", text.getBytes(StandardCharsets.UTF_8), problems);
        return problems.sorted().stream().map(Problem::toString).toList();
    }
}
