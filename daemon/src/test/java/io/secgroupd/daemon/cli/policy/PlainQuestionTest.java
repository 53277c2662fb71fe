package io.secgroupd.daemon.cli.policy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A question that is read in a short way is the one that the reader of any JSON would have read. */
class PlainQuestionTest {

    private static final String REFUSED = "refused: ";

    @Test
    void aQuestionAsProgramsWriteItIsPlain() {
        assertThat(read("{\"from\":\"web\",\"to\":\"10.0.2.10\",\"protocol\":\"tcp\",\"port\":5432}"))
                .contains(
                        "BatchQuestion[from=web, to=10.0.2.10, service=Service[protocol=6, port=5432, icmpType=0, icmpCode=0]]");
        assertThat(read(" { \"port\" : 0 , \"protocol\" : \"17\", \"to\":\"b\",\t\"from\":\"\" }"))
                .contains("BatchQuestion[from=, to=b, service=Service[protocol=17, port=0, icmpType=0, icmpCode=0]]");
        assertThat(read("{\"from\":\"a\",\"to\":\"b\",\"protocol\":\"47\"}"))
                .contains("BatchQuestion[from=a, to=b, service=Service[protocol=47, port=0, icmpType=0, icmpCode=0]]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "{\"from\":\"a\",\"to\":\"b\",\"protocol\":\"tcp\",\"port\":80} {}",
                "{\"from\":\"a\",\"from\":\"b\",\"to\":\"b\",\"protocol\":\"tcp\",\"port\":80}",
                "{\"from\":\"a\",\"to\":\"b\",\"protocol\":\"tcp\",\"port\":080}",
                "{\"from\":\"a\",\"to\":\"b\",\"protocol\":\"tcp\",\"port\":80.5}",
                "{\"from\":\"a\",\"to\":\"b\",\"protocol\":\"tcp\",\"port\":-1}",
                "{\"from\":\"a\",\"to\":\"b\",\"protocol\":\"tcp\",\"port\":1234567890}",
                "{\"from\":\"a\",\"to\":\"b\",\"protocol\":\"tcp\",\"port\":}",
                "{\"port\":,\"from\":\"a\",\"to\":\"b\",\"protocol\":\"47\"}",
                "{\"from\":\"a\",\"to\":\"b\",\"protocol\":\"47\",}",
                "{\"from\":\"a\",\"to\":\"b\",\"protocol\":\"47\"",
                "{\"from\":\"a\t\",\"to\":\"b\",\"protocol\":\"47\"}",
                "{\"from\":\"\\u0061\",\"to\":\"b\",\"protocol\":\"47\"}",
                "{\"from\":\"\u00e4\",\"to\":\"b\",\"protocol\":\"47\"}",
                "{\"from\":\"a\",\"to\":\"b\",\"protocol\":47}",
                "{\"from\":null,\"to\":\"b\",\"protocol\":\"47\"}",
                "{\"from\":\"a\",\"to\":\"b\",\"protocol\":\"icmp\",\"icmp_type\":8}",
            })
    void everythingElseIsLeftToTheReaderOfAnyJson(String line) {
        assertThat(read(line)).isEmpty();
    }

    @Property(tries = 20_000)
    void bothReadersSayTheSame(@ForAll("nearlyQuestions") String line) {
        read(line).ifPresent(plain -> assertThat(plain).isEqualTo(readAsAnyJson(line)));
    }

    /** Most are questions; the others lack a mark, or have one too many. */
    @Provide
    Arbitrary<String> nearlyQuestions() {
        Arbitrary<String> name = Arbitraries.of("from", "to", "protocol", "port", "icmp_type", "ports", "");
        Arbitrary<String> value = Arbitraries.of(
                "\"web\"",
                "\"tcp\"",
                "\"47\"",
                "\"a\\\\b\"",
                "\"\"",
                "80",
                "0",
                "070",
                "70000",
                "1e3",
                "-1",
                "null",
                "true",
                "[]",
                "");
        Arbitrary<String> field = Combinators.combine(name, value, Arbitraries.of(":", ":", " : ", "::", ""))
                .as((named, given, between) -> "\"" + named + "\"" + between + given);
        Arbitrary<String> usual =
                Arbitraries.of("\"from\":\"a\"", "\"to\":\"b\"", "\"protocol\":\"tcp\"", "\"port\":80");
        Arbitrary<String> fields = Arbitraries.frequencyOf(Tuple.of(8, usual), Tuple.of(1, field))
                .list()
                .ofMinSize(1)
                .ofMaxSize(6)
                .map(all -> String.join(",", all));
        return Combinators.combine(
                        Arbitraries.of("{", "{", " {", "", "{,"),
                        fields,
                        Arbitraries.of("}", "}", " }", "", "}}", ",}"))
                .as((begin, middle, end) -> begin + middle + end);
    }

    /** What the short way makes of a line; empty when it leaves the line. */
    private static Optional<String> read(String line) {
        byte[] bytes = ("before" + line + "behind").getBytes(UTF_8);
        try {
            return PlainQuestion.read(bytes, "before".length(), bytes.length - "behind".length())
                    .map(BatchQuestion::toString);
        } catch (IllegalArgumentException e) {
            return Optional.of(REFUSED + e.getMessage());
        }
    }

    private static String readAsAnyJson(String line) {
        try {
            return BatchQuestion.parse(line).toString();
        } catch (IOException | IllegalArgumentException e) {
            return REFUSED + e.getMessage();
        }
    }
}
