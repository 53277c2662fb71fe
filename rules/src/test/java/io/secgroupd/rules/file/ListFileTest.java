package io.secgroupd.rules.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.rules.model.Policy;
import io.secgroupd.rules.net.AddressRange;
import io.secgroupd.rules.net.AddressSet;
import io.secgroupd.rules.net.AddressSyntaxException;
import io.secgroupd.rules.net.AddressText;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** Most lines of a list are read in a short way, which neither loses an address nor the count of the lines. */
class ListFileTest {

    private static final Path RULES = Path.of("rules.yaml");
    private static final Path LIST = Path.of("a.txt");
    private static final String TEXT = "version: 1\nprefix_lists: { pl-a: { file: a.txt, allow_empty: true } }\n";

    @Property
    void everyMistakeHasItsPlaceWhateverEndsTheLines(@ForAll("texts") String text) {
        assertThat(places(text)).isEqualTo(places(text.split("\r\n|\r|\n", -1)));
    }

    @Property
    void everyAddressIsInTheListWhateverEndsTheLines(@ForAll("soundTexts") String text) throws AddressSyntaxException {
        var expected = new ArrayList<AddressRange>();
        for (String line : text.split("[\r\n]+")) {
            if (!line.isEmpty()) {
                expected.add(
                        AddressText.parse(line.replaceFirst("#.*", "").strip()).range());
            }
        }
        assertThat(read(text).policy().map(ListFileTest::addresses)).contains(AddressSet.of(expected));
    }

    @Test
    void aLineThatAReadingOfTheFileDividesIsOneLine() {
        String line = "2001:db8:1234:5678::/64\n";
        String text = line.repeat(10_000) + "2001:db8:1234:5678::/65\n10.0.0.0/33\n";
        assertThat(places(text)).containsExactly("10002:1");
        assertThat(read(text.replace("/33", "/32")).policy().map(ListFileTest::addresses))
                .hasValueSatisfying(set -> assertThat(set.size()).isEqualTo(2));
    }

    @Provide
    Arbitrary<String> texts() {
        return joined(
                Arbitraries.of("10.0.0.0/8", "::1", "192.0.2.1", " ::/64 # x", "10.0.0.0/33", "  x", "", "# none"));
    }

    @Provide
    Arbitrary<String> soundTexts() {
        return joined(Arbitraries.of("10.0.0.0/8", "::1", "11.0.0.0/8#", "2001:db8::/32", " 192.0.2.1-192.0.2.9", ""));
    }

    private static Arbitrary<String> joined(Arbitrary<String> lines) {
        Arbitrary<String> ends = Arbitraries.of("\n", "\r", "\r\n");
        return lines.flatMap(line -> ends.map(end -> line + end))
                .list()
                .ofMaxSize(12)
                .map(all -> String.join("", all));
    }

    private static List<String> places(String text) {
        return read(text).errors().stream()
                .map(problem -> problem.at().line() + ":" + problem.at().column())
                .collect(Collectors.toList());
    }

    private static List<String> places(String[] lines) {
        var places = new ArrayList<String>();
        for (int i = 0; i < lines.length; i++) {
            if (lines[i].endsWith("x") && !lines[i].contains("#")) {
                places.add((i + 1) + ":3");
            } else if (lines[i].endsWith("/33")) {
                places.add((i + 1) + ":1");
            }
        }
        return places;
    }

    private static AddressSet addresses(Policy policy) {
        return Objects.requireNonNull(policy.prefixLists().get("pl-a")).entries();
    }

    private static ReadResult read(String list) {
        return PolicyReader.read(
                new PolicyFiles(RULES, Map.of(RULES, TEXT.getBytes(UTF_8), LIST, list.getBytes(UTF_8))));
    }
}
