package io.secgroupd.daemon.packet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Replays the hex files of {@code src/test/resources/packets}: known evasions, and whatever once went wrong. */
class PacketRegressionTest {

    private static final String EXPECT = "# expect: ";

    static List<Path> files() throws IOException, URISyntaxException {
        Path folder = Path.of(Objects.requireNonNull(PacketRegressionTest.class.getResource("/packets"))
                .toURI());
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void decodesAsTheFileSays(Path file) throws IOException {
        List<String> lines = Files.readAllLines(file);
        String expected = lines.stream()
                .filter(line -> line.startsWith(EXPECT))
                .findFirst()
                .orElseThrow();
        String hex = lines.stream().filter(line -> !line.startsWith("#")).collect(Collectors.joining());
        assertThat(EXPECT + Packets.decode(Packets.hex(hex))).isEqualTo(expected);
    }
}
