package io.secgroupd.daemon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.daemon.testkit.ReferencePage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page about the daemon's log lists every word with which one of its lines begins, and no other. */
class EventsReferenceTest {

    private static final Pattern EVENT = Pattern.compile("LOG\\s*\\.(info|warn|error)\\(\\s*\"([a-z_]+\\.[a-z_]+)");

    @Test
    void everyEventIsListedWithItsLevel() throws IOException {
        assertThat(levels(ReferencePage.named("events").rows().stream())).isEqualTo(levels(logged()));
    }

    /** Rows {@code event | level}, where a level may be one of several. */
    private static Set<String> levels(Stream<String> rows) {
        return rows.flatMap(row -> {
                    String[] cells = row.split(" \\| ");
                    return Stream.of(cells[1].split(" or ")).map(level -> cells[0] + " " + level);
                })
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Stream<String> logged() throws IOException {
        return Stream.concat(logged(Path.of("src/main/java")), logged(Path.of("../controlplane/src/main/java")));
    }

    private static Stream<String> logged(Path sources) throws IOException {
        try (Stream<Path> files = Files.walk(sources)) {
            return files
                    .filter(file -> file.toString().endsWith(".java"))
                    .flatMap(file -> EVENT.matcher(text(file)).results())
                    .map(event -> event.group(2) + " | " + event.group(1))
                    .toList()
                    .stream();
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
