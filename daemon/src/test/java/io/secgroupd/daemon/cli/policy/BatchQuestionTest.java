package io.secgroupd.daemon.cli.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.secgroupd.rules.model.Service;
import java.io.IOException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A question on one line: whatever is no question is refused, and never answered as another one. */
class BatchQuestionTest {

    @Test
    void aQuestionSaysFromWhereToWhereAndForWhat() throws IOException {
        assertThat(ask("\"from\": \"web\", \"to\": \"10.0.2.10\", \"protocol\": \"tcp\", \"port\": 5432"))
                .isEqualTo(new BatchQuestion("web", "10.0.2.10", new Service(6, 5432, 0, 0)));
    }

    @Test
    void whatDoesNotApplyMayBeNull() throws IOException {
        assertThat(ask("\"from\": \"a\", \"to\": \"b\", \"protocol\": \"icmp\", \"icmp_type\": 8, \"icmp_code\": null,"
                        + " \"port\": null"))
                .isEqualTo(new BatchQuestion("a", "b", new Service(1, 0, 8, 0)));
    }

    @Test
    void aProtocolMayBeANumber() throws IOException {
        assertThat(ask("\"from\": \"a\", \"to\": \"b\", \"protocol\": 47").service())
                .isEqualTo(new Service(47, 0, 0, 0));
    }

    @Property
    void aPortIsWithinItsRange(@ForAll @IntRange(min = -100, max = 70_000) int port) throws IOException {
        String line = "\"from\": \"a\", \"to\": \"b\", \"protocol\": \"udp\", \"port\": " + port;

        if (port >= 0 && port <= 65_535) {
            assertThat(ask(line).service().port()).isEqualTo(port);
        } else {
            assertThatIllegalArgumentException().isThrownBy(() -> ask(line));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"to\": \"b\", \"protocol\": 47",
                "\"from\": \"a\", \"protocol\": 47",
                "\"from\": \"a\", \"to\": \"b\"",
                "\"from\": null, \"to\": \"b\", \"protocol\": 47",
                "\"from\": [\"a\"], \"to\": \"b\", \"protocol\": 47",
                "\"from\": true, \"to\": \"b\", \"protocol\": 47",
                "\"from\": \"a\", \"to\": \"b\", \"protocol\": \"tcp\", \"port\": \"80\"",
                "\"from\": \"a\", \"to\": \"b\", \"protocol\": \"tcp\", \"port\": 4294967376",
                "\"from\": \"a\", \"to\": \"b\", \"protocol\": \"tcp\", \"port\": 80.5",
                "\"from\": \"a\", \"to\": \"b\", \"protocol\": 47, \"ports\": 80",
            })
    void whatIsNoQuestionIsRefused(String fields) {
        assertThatIllegalArgumentException().isThrownBy(() -> ask(fields));
    }

    @ParameterizedTest
    @CsvSource({
        "tcp,    ,   ,  ,  a port that is missing",
        "47,     80, ,  ,  a port that the protocol has not",
        "icmp,   ,   ,  ,  a type that is missing",
        "tcp,    80, 8, ,  a type that the protocol has not",
        "icmp,   ,   256, , a type beyond its range",
        "icmp,   ,   8, 256, a code beyond its range",
        "256,    ,   ,  ,  a protocol beyond its range",
        "any,    ,   ,  ,  every protocol at once",
        "'',     ,   ,  ,  no protocol"
    })
    void aServiceHasWhatItsProtocolHas(String protocol, Integer port, Integer type, Integer code, String why) {
        assertThatIllegalArgumentException()
                .as(why)
                .isThrownBy(() -> ServiceOptions.service(protocol, port, type, code));
    }

    @Test
    void aFieldThatIsGivenTwiceIsNotAnsweredByEither() {
        assertThatThrownBy(() -> ask("\"from\": \"a\", \"from\": \"b\", \"to\": \"b\", \"protocol\": 47"))
                .isInstanceOf(JsonProcessingException.class);
    }

    @Test
    void twoQuestionsOnOneLineAreNone() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BatchQuestion.parse("{\"from\":\"a\",\"to\":\"b\",\"protocol\":47} {}"));
    }

    private static BatchQuestion ask(String fields) throws IOException {
        return BatchQuestion.parse("{" + fields + "}");
    }
}
