package io.secgroupd.rules.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NearestTest {

    private static final List<String> KNOWN = List.of("sg-web", "sg-orders-db", "protocol", "ports", "tcp");

    @ParameterizedTest
    @CsvSource({
        "sg-wbe, sg-web",
        "sg-weeb, sg-web",
        "sg-we, sg-web",
        "sg-order-db, sg-orders-db",
        "port, ports",
        "protcol, protocol",
        "tpc, tcp",
    })
    void findsWhatWasMeant(String word, String meant) {
        assertThat(Nearest.to(word, KNOWN)).contains(meant);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "description", "sg-somewhere-else", "10.0.0.0"})
    void staysSilentWhenNothingIsNear(String word) {
        assertThat(Nearest.to(word, KNOWN)).isEmpty();
        assertThat(Nearest.hint(word, KNOWN)).isEmpty();
    }

    /** The known words are from the file too, where a name may be anything. */
    @Test
    void showsNoCharacterThatATerminalObeys() {
        assertThat(Nearest.hint("sg-web", List.of("sg-we\tb"))).isEqualTo("; did you mean \"sg-we\\u0009b\"?");
    }
}
