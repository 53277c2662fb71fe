package io.secgroupd.daemon.hooks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Compares a text with the file that a reviewer reads; {@code -Dgolden.update=true} writes the file instead. */
final class GoldenText {

    private static final Path FOLDER = Path.of("src/test/resources/hooks");

    private GoldenText() {}

    static void assertMatches(String file, String text) throws IOException {
        Path golden = FOLDER.resolve(file);
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(golden, text);
        }
        assertThat(text).isEqualTo(Files.readString(golden));
    }
}
