package io.secgroupd.rules.file;

import io.secgroupd.rules.yaml.FileInput;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The files of the machine; the contents of some of them may be given. */
final class DiskShelf implements Shelf {

    private final FileInput.Holder holder;
    private final SortedMap<Path, byte[]> given = new TreeMap<>();

    /** @param given contents that take the place of files, which are then not opened */
    DiskShelf(FileInput.Holder holder, Map<Path, byte[]> given) {
        this.holder = holder;
        given.forEach((file, content) -> this.given.put(normal(file), content));
    }

    private static Path normal(Path file) {
        return file.toAbsolutePath().normalize();
    }

    @Override
    public InputStream open(Path file, long limit) throws IOException {
        byte[] content = given.isEmpty() ? null : given.get(normal(file));
        return content != null ? FileInput.of(content, limit) : FileInput.open(file, limit, holder);
    }

    @Override
    public List<Path> find(Path directory, String glob, int most) throws IOException {
        var names = new ArrayList<Path>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(directory, glob)) {
            for (Path file : found) {
                names.add(file.getFileName());
                if (names.size() > most) {
                    return names;
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return names;
    }

    @Override
    public Path identity(Path file) {
        try {
            return file.toRealPath();
        } catch (IOException e) {
            return file.toAbsolutePath().normalize();
        }
    }
}
