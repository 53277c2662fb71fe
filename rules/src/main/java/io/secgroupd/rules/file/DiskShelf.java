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
import org.jspecify.annotations.Nullable;

/** The files of the machine; the content of one of them may be given. */
final class DiskShelf implements Shelf {

    private final FileInput.Holder holder;
    private final @Nullable PolicyText given;

    DiskShelf(FileInput.Holder holder) {
        this.holder = holder;
        this.given = null;
    }

    /** @param given takes the place of a file, which is then not opened */
    DiskShelf(FileInput.Holder holder, PolicyText given) {
        this.holder = holder;
        this.given = given;
    }

    @Override
    public InputStream open(Path file, long limit) throws IOException {
        return given != null && file.equals(given.place()) ? given.open(limit) : FileInput.open(file, limit, holder);
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
