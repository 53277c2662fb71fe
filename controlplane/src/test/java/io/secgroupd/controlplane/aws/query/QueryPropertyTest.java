package io.secgroupd.controlplane.aws.query;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.controlplane.aws.AwsError;
import io.secgroupd.controlplane.aws.AwsRefusal;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;

class QueryPropertyTest {

    private static final Set<String> CODES =
            Set.of("InvalidParameterValue", "MalformedQueryString", "RequestEntityTooLarge");

    /** Lists of structures of texts, written in any order with gaps between the numbers, and read again. */
    @Property(tries = 500)
    void whatIsWrittenIsRead(
            @ForAll @Size(max = 8)
                    List<@Size(min = 1, max = 4) Map<@AlphaChars @StringLength(min = 1, max = 5) String, String>> list,
            @ForAll @IntRange(min = 1, max = 1000) int gap,
            @ForAll Random random) {
        List<Map<String, String>> legal = list.stream()
                .map(one -> one.entrySet().stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, entry -> XmlText.legal(entry.getValue()))))
                .toList();
        List<String> pairs = new ArrayList<>();
        for (int at = 0; at < legal.size(); at++) {
            int number = 1 + at * gap;
            legal.get(at)
                    .forEach((name, value) ->
                            pairs.add("L." + number + "." + name + "=" + URLEncoder.encode(value, UTF_8)));
        }
        Collections.shuffle(pairs, random);

        Parameters parameters = Parameters.parse(String.join("&", pairs).getBytes(UTF_8));
        List<Parameters> read = parameters.list("L");
        assertThat(parameters.unread()).hasSize(pairs.size());
        assertThat(read).hasSameSizeAs(legal);
        for (int at = 0; at < read.size(); at++) {
            Parameters one = read.get(at);
            legal.get(at)
                    .forEach((name, value) -> assertThat(one.required(name)).isEqualTo(value));
        }
        assertThat(parameters.unread()).isEmpty();
    }

    @Property(tries = 2000)
    void anyBytesAreAFormOrRefused(@ForAll @Size(max = 200) byte[] body) {
        assertFormOrRefused(body);
    }

    @Property(tries = 2000)
    void bytesThatLookLikeAFormAreAFormOrRefused(
            @ForAll @CharRange(from = '%', to = '=') @CharRange(from = 'A', to = 'C') @StringLength(max = 60)
                    String body) {
        assertFormOrRefused(body.getBytes(ISO_8859_1));
    }

    private static void assertFormOrRefused(byte[] body) {
        try {
            Parameters parameters = Parameters.parse(body);
            for (String name : parameters.unread()) {
                String first = name.split("\\.", 2)[0];
                assertThat(parameters.has(first)).isTrue();
                parameters.text(first);
            }
        } catch (AwsRefusal refusal) {
            AwsError error = refusal.error();
            assertThat(CODES).contains(error.code());
            assertThat(error.status()).isBetween(400, 499);
        }
    }
}
