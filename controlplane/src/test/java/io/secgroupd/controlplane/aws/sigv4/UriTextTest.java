package io.secgroupd.controlplane.aws.sigv4;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.secgroupd.controlplane.aws.AwsRefusal;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UriTextTest {

    /** The first is the published example get-utf8, whose path was sent as bare UTF-8. */
    @Test
    void aPathIsEncodedOnceMoreThanItCame() {
        assertThat(UriText.path(new String("/\u1234".getBytes(UTF_8), ISO_8859_1)))
                .isEqualTo("/%E1%88%B4");
        assertThat(UriText.path("/a%20b/../~c")).isEqualTo("/a%2520b/../~c");
        assertThat(UriText.path("//")).isEqualTo("//");
        assertThat(UriText.path("/")).isEqualTo("/");
    }

    @Test
    void aQueryIsDecodedAndEncodedInOneWay() {
        assertThat(UriText.query("b=%7e&a=%2f+&b=1&c&d==")).isEqualTo("a=%2F%2B&b=1&b=~&c=&d=%3D");
        assertThat(UriText.query("")).isEmpty();
        assertThat(UriText.query("=b&a=%41")).isEqualTo("=b&a=A");
    }

    /** RFC 3986 calls these unreserved. Beside them stand their neighbours in ASCII. */
    @Test
    void onlyLettersDigitsAndFourSignsStayAsTheyAre() {
        assertThat(UriText.path("@AZ[`az{.09:,-^_}~")).isEqualTo("%40AZ%5B%60az%7B.09%3A%2C-%5E_%7D~");
    }

    @ParameterizedTest
    @ValueSource(strings = {"%", "a=%4", "a=%zz&b=41", "%%41"})
    void aPercentSignWithoutTwoDigitsIsRefused(String query) {
        assertThatThrownBy(() -> UriText.query(query)).isInstanceOf(AwsRefusal.class);
    }

    /** Percent signs apart, which may stand for the same byte in several spellings. */
    @Property(tries = 1000)
    void anyOtherByteOfPathOrQueryIsAnotherSpelling(
            @ForAll @CharRange(from = '&', to = '\u00ff') @StringLength(min = 1, max = 30) String text,
            @ForAll int where,
            @ForAll @IntRange(min = '&', max = 0xff) int other) {
        StringBuilder changed = new StringBuilder(text);
        changed.setCharAt(Math.floorMod(where, text.length()), (char) other);
        boolean same = changed.toString().equals(text);
        assertThat(UriText.path(changed.toString()).equals(UriText.path(text))).isEqualTo(same);
        assertThat(UriText.query(changed.toString()).equals(UriText.query(text)))
                .isEqualTo(same);
    }
}
