package io.secgroupd.controlplane.edit;

import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.controlplane.edit.EditResult.EditRefused;
import io.secgroupd.controlplane.edit.EditResult.Edited;
import io.secgroupd.rules.file.PolicyFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every folder of {@code src/test/resources/edits} is a case: the files in {@code before}, the changes in {@code
 * change.yaml}, and the files that come out in {@code after}, or {@code refused.txt}. Those that do not change stand only in
 * {@code before}.
 *
 * <p>{@code -Dgolden.update=true} rewrites what comes out; the difference is then reviewed like code.
 */
class GoldenEditsTest {

    private static final Path EDITS = Path.of("src/test/resources/edits");
    private static final boolean UPDATE = Boolean.getBoolean("golden.update");

    static Stream<Path> folders() throws IOException {
        try (Stream<Path> folders = Files.list(EDITS)) {
            return folders.sorted().toList().stream();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("folders")
    void givesTheFilesOfItsFolder(Path folder) throws IOException {
        var files = new PolicyFiles(Path.of("rules.yaml"), read(folder.resolve("before")));
        EditResult result =
                Editor.edit(files, ChangeText.parse(Files.readString(folder.resolve("change.yaml"))), Instant.EPOCH);
        if (UPDATE) {
            update(folder, result);
        }
        Path refused = folder.resolve("refused.txt");
        if (result instanceof EditRefused refusal) {
            assertThat(refusal.reason() + ": " + refusal + "\n").isEqualTo(Files.readString(refused));
            assertThat(folder.resolve("after")).doesNotExist();
        } else if (result instanceof Edited edited) {
            assertThat(refused).doesNotExist();
            assertThat(texts(edited.files())).isEqualTo(texts(read(folder.resolve("after"))));
        }
    }

    private static Map<Path, byte[]> read(Path directory) throws IOException {
        Map<Path, byte[]> files = new TreeMap<>();
        if (Files.notExists(directory)) {
            return files; // nothing has changed
        }
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                files.put(directory.relativize(file), Files.readAllBytes(file));
            }
        }
        return files;
    }

    private static Map<String, String> texts(Map<Path, byte[]> files) {
        Map<String, String> texts = new TreeMap<>();
        files.forEach((path, bytes) -> texts.put(path.toString(), new String(bytes, StandardCharsets.UTF_8)));
        return texts;
    }

    private static void update(Path folder, EditResult result) throws IOException {
        if (result instanceof EditRefused refusal) {
            Files.writeString(folder.resolve("refused.txt"), refusal.reason() + ": " + refusal + "\n");
        } else if (result instanceof Edited edited) {
            for (Map.Entry<Path, byte[]> file : edited.files().entrySet()) {
                Path target = folder.resolve("after").resolve(file.getKey());
                Files.createDirectories(target.getParent());
                Files.write(target, file.getValue());
            }
        }
    }
}
