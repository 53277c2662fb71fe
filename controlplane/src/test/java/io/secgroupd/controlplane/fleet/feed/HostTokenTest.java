package io.secgroupd.controlplane.fleet.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostTokenTest {

    private static final String SECRET = "A-_a".repeat(10) + "abc";

    @Test
    void theTextOfATokenIsReadBack() {
        HostToken token = HostToken.make("web-1.example.org");
        assertThat(token.text()).matches("sgh1\\.web-1\\.example\\.org\\.[A-Za-z0-9_-]{43}");
        assertThat(HostToken.parse(token.text())).contains(token);
        assertThat(HostToken.make("web-1.example.org")).isNotEqualTo(token);
        assertThat(token.hash())
                .matches("[0-9a-f]{64}")
                .isNotEqualTo(HostToken.make("a").hash());
        assertThat(token.toString()).doesNotContain(token.secret());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "sgh1.a",
                "sgh1..%s",
                "sgh1.a.%sx",
                "sgh1.A.%s",
                "sgh2.a.%s",
                "sgh1.-a.%s",
                "sgh1.a.%s ",
                "sgh1.a..%s"
            })
    void anythingElseIsNone(String form) {
        assertThat(HostToken.parse(form.replace("%s", SECRET))).isEmpty();
    }

    @Test
    void namesHaveLimits() {
        assertThat(HostToken.isName("a".repeat(253))).isTrue();
        assertThat(HostToken.isName("a".repeat(254))).isFalse();
        assertThatThrownBy(() -> HostToken.make("Web")).hasMessage("the name of a host is " + HostToken.NAME_RULE);
    }
}
