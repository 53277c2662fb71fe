package io.secgroupd.rules.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.rules.file.PolicyReader;
import io.secgroupd.rules.file.PolicyText;
import io.secgroupd.rules.text.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The page {@code docs/invariants.md}: its file is sound, and with the change that it shows it is refused as it shows, where long lines are wrapped. */
class InvariantsPageTest {

    private final String page;

    InvariantsPageTest() throws IOException {
        page = Files.readString(Path.of("../docs/invariants.md"));
    }

    @Test
    void theFileOfThePageIsSound() {
        assertThat(check(block("yaml")).problems()).isEmpty();
    }

    @Test
    void theChangeOfThePageIsRefusedAsThePageShows() {
        String[] change = block("diff").split("\n", -1);
        String before = change[0].substring(1) + "\n" + change[1].substring(1) + "\n";
        String after = change[0].substring(1) + "\n" + change[2].substring(1) + "\n";
        assertThat(block("yaml")).contains(before);

        Checked checked = check(block("yaml").replace(before, after));

        assertThat(checked.sound()).isEmpty();
        assertThat(checked.problems().stream().map(Problem::toString).collect(Collectors.joining("\n", "", "\n")))
                .isEqualTo(block("text").replaceAll("\n +", " "));
    }

    private String block(String language) {
        Matcher block =
                Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL).matcher(page);
        assertThat(block.find()).as(language).isTrue();
        return block.group(1);
    }

    private static Checked check(String text) {
        Path place = Path.of("rules.yaml");
        var given = new PolicyText("rules.yaml", text.getBytes(StandardCharsets.UTF_8), place);
        return PolicyPipeline.check(place, PolicyReader.read(given), Instant.now());
    }
}
