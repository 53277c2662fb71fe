package io.secgroupd.daemon.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file for a reader that reads nothing else. */
public final class InputFile {

    private InputFile() {}

    /** A file in a directory of its own, which goes when the process ends. */
    public static Path named(String name) {
        try {
            Path directory = Files.createTempDirectory("fuzz");
            Path file = directory.resolve(name);
            directory.toFile().deleteOnExit();
            file.toFile().deleteOnExit(); // what is named last goes first
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Gives it a content. */
    public static void write(Path file, byte[] content) {
        try {
            Files.write(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
