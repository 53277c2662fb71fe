package io.secgroupd.rules.file;

import io.secgroupd.rules.yaml.FileInput;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.Optional;

/** Files that are given. */
final class GivenShelf implements Shelf {

    private final PolicyFiles files;

    GivenShelf(PolicyFiles files) {
        this.files = files;
    }

    @Override
    public InputStream open(Path file, long limit) throws IOException {
        Optional<byte[]> content = files.content(file);
        return FileInput.of(content.orElseThrow(() -> new IOException("no such file; check the path")), limit);
    }

    @Override
    public List<Path> find(Path directory, String glob, int most) {
        PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + glob);
        return files.contents().keySet().stream()
                .filter(file -> parent(file).equals(directory.normalize()))
                .map(Path::getFileName)
                .filter(matcher::matches)
                .limit(most + 1L)
                .toList();
    }

    private static Path parent(Path file) {
        return Optional.ofNullable(file.getParent()).orElse(Path.of(""));
    }

    @Override
    public Path identity(Path file) {
        return file.normalize();
    }
}
