package io.secgroupd.rules.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.rules.text.Problems;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * 65,536 names of one hash, which are easily written. Compared one by one they take minutes, in a tree less than a second; the
 * time is no measure of a machine.
 */
@Timeout(value = 30, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CollidingNamesTest {

    private static final int BITS = 16;

    @Test
    void anchors() {
        assertReadable(names("- &", " 1\n"));
    }

    @Test
    void keys() {
        assertReadable(names("", ": 1\n"));
    }

    private static void assertReadable(String text) {
        var problems = new Problems();
        assertThat(YamlDocument.parse("names.yaml", text.getBytes(StandardCharsets.UTF_8), problems))
                .isPresent();
        assertThat(problems.sorted()).isEmpty();
    }

    private static String names(String before, String after) {
        var text = new StringBuilder();
        for (int name = 0; name < 1 << BITS; name++) {
            text.append(before);
            for (int bit = 0; bit < BITS; bit++) {
                text.append((name >> bit & 1) == 0 ? "Aa" : "BB");
            }
            text.append(after);
        }
        return text.toString();
    }
}
