package io.secgroupd.controlplane.fleet.feed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestTest {

    private static final String POLICY = "0123456789abcdef".repeat(4);

    private static Manifest manifest() {
        byte[] list = new byte[20_000];
        new Random(1).nextBytes(list);
        return Manifest.of(
                7, POLICY, Map.of("rules.yaml", "a: b\n".getBytes(UTF_8), "lists/wörk.txt", list, "z", new byte[0]));
    }

    @Test
    void whatIsWrittenIsReadBack() throws IOException {
        Manifest manifest = manifest();
        assertThat(Manifest.parse(manifest.bytes())).isEqualTo(manifest);
        assertThat(manifest.hash()).matches("[0-9a-f]{64}").isEqualTo(manifest().hash());
        assertThat(manifest.files().values()).extracting(ManifestFile::bytes).containsExactly(20_000L, 5L, 0L);
    }

    @Test
    void theFormIsTheOneThatHostsKnow() {
        String text = new String(
                Manifest.of(1, POLICY, Map.of("rules.yaml", "x".getBytes(UTF_8)))
                        .bytes(),
                UTF_8);
        String x = "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881";
        assertThat(text)
                .isEqualTo("{\"serial\":1,\"policy\":\"" + POLICY + "\",\"files\":{\"rules.yaml\":{\"sha256\":\"" + x
                        + "\",\"pieces\":[\"" + x + " 1\"]}}}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "/etc/passwd", "a//b", "../x", "a/../b", "./a", "a/", "a\nb", "a\u0000", "rules.yaml/x"})
    void aNameThatLeadsElsewhereIsRefused(String name) {
        byte[] nothing = new byte[0];
        assertThatThrownBy(() -> Manifest.of(1, POLICY, Map.of("rules.yaml", nothing, name, nothing)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("name");
    }

    @Test
    void namesWithDotsAreNames() {
        byte[] nothing = new byte[0];
        Map<String, byte[]> files = Map.of("rules.yaml", nothing, "rules.d/..x", nothing, "rules.d/a.b", nothing);
        assertThatCode(() -> Manifest.of(1, POLICY, files)).doesNotThrowAnyException();
    }

    @Test
    void thereIsAFirstFile() {
        assertThatThrownBy(() -> Manifest.of(1, POLICY, Map.of("other.yaml", new byte[0])))
                .hasMessage("there is no file rules.yaml");
    }

    @Test
    void anyOtherByteIsRefused() {
        byte[] bytes = manifest().bytes();
        for (int i = 0; i < bytes.length; i += 7) {
            byte[] other = bytes.clone();
            other[i] ^= 0x01;
            int place = i;
            assertThatCode(() -> {
                        try {
                            assertThat(Manifest.parse(other)).isNotEqualTo(manifest());
                        } catch (IOException e) {
                            assertThat(e).as("at %s", place).hasMessageMatching("(?s).+");
                        }
                    })
                    .doesNotThrowAnyException();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"serial\":7,",
                "{ \"serial\":7,",
                "{\"serial\":7,\"x\":1,",
                "{\"serial\":07,",
                "{\"serial\":-7,"
            })
    void anotherFormOfTheSameIsRefused(String head) {
        String text = new String(manifest().bytes(), UTF_8);
        String other = text.replace("{\"serial\":7,", head) + (head.equals("{\"serial\":7,") ? " " : "");
        assertThatThrownBy(() -> Manifest.parse(other.getBytes(UTF_8))).isInstanceOf(IOException.class);
    }

    @Test
    void lengthsThatDoNotFitAreRefused() {
        String text = new String(manifest().bytes(), UTF_8);
        for (String length : new String[] {"0", "-1", "16385", "99999999999", "x"}) {
            String other = text.replaceFirst(" 5\"", " " + length + "\"");
            assertThat(other).isNotEqualTo(text);
            assertThatThrownBy(() -> Manifest.parse(other.getBytes(UTF_8))).isInstanceOf(IOException.class);
        }
        assertThatThrownBy(() -> Manifest.parse(new byte[FeedLimits.MANIFEST + 1]))
                .hasMessage("The manifest is longer than 4 MiB.");
    }
}
