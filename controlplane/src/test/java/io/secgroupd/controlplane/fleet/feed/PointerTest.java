package io.secgroupd.controlplane.fleet.feed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PointerTest {

    private static final String HASH = "ab".repeat(32);
    private static final String SIGNATURE = "A".repeat(86) + "==";

    @Test
    void whatIsWrittenIsReadBack() throws IOException {
        var plain = new Pointer(1, 0, HASH, Optional.empty(), "1-a.b");
        var signed = new Pointer(Long.MAX_VALUE, 7, HASH, Optional.of(SIGNATURE), "x");
        assertThat(Pointer.parse(plain.bytes())).isEqualTo(plain);
        assertThat(Pointer.parse(signed.bytes())).isEqualTo(signed);
    }

    @Test
    void whatALaterVersionAddsIsPassedOver() throws IOException {
        String text = "{\"new\":{\"a\":[1,{}]},\"serial\":2,\"manifest\":\"" + HASH + "\",\"more\":null,\"tag\":\"t\"}";
        assertThat(Pointer.parse(text.getBytes(UTF_8))).isEqualTo(new Pointer(2, 0, HASH, Optional.empty(), "t"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{}",
                "{\"serial\":2,\"manifest\":\"%s\",\"tag\":\"t\"",
                "{\"serial\":2,\"manifest\":\"%s\",\"tag\":\"t\"} {}",
                "{\"serial\":2,\"serial\":2,\"manifest\":\"%s\",\"tag\":\"t\"}",
                "{\"serial\":0,\"manifest\":\"%s\",\"tag\":\"t\"}",
                "{\"serial\":99999999999999999999,\"manifest\":\"%s\",\"tag\":\"t\"}",
                "{\"serial\":\"2\",\"manifest\":\"%s\",\"tag\":\"t\"}",
                "{\"serial\":2,\"manifest\":\"%sa\",\"tag\":\"t\"}",
                "{\"serial\":2,\"manifest\":\"%s\",\"tag\":\"a b\"}",
                "{\"serial\":2,\"manifest\":\"%s\",\"tag\":\"\"}",
                "{\"serial\":2,\"manifest\":\"%s\",\"tag\":\"t\",\"signature\":\"x\"}",
            })
    void anythingElseIsRefused(String form) {
        assertThatThrownBy(() -> Pointer.parse(form.replace("%s", HASH).getBytes(UTF_8)))
                .isInstanceOf(IOException.class);
    }

    @Test
    void aLongOneIsNotRead() {
        assertThatThrownBy(() -> Pointer.parse(new byte[FeedLimits.POINTER + 1]))
                .hasMessage("It is longer than 4096 bytes.");
    }
}
