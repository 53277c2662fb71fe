package io.secgroupd.daemon.cli.logs;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;

/** Why a flow log cannot be read, and what to do about it. */
final class UnreadableLog {

    private UnreadableLog() {}

    static String sentence(Path log, IOException e) {
        if (e instanceof NoSuchFileException) {
            return "there is no " + log
                    + "; nothing has been logged yet, or flow_log.path in the host settings names another file:"
                    + " name the file, or the settings with --config";
        }
        if (e instanceof AccessDeniedException denied) {
            Path file = Path.of(denied.getFile());
            return file + " cannot be read by this user; run as root, or join the group " + group(file);
        }
        return log + " cannot be read: " + e.getMessage();
    }

    private static String group(Path file) {
        try {
            return Files.readAttributes(file, PosixFileAttributes.class).group().getName();
        } catch (IOException e) {
            return "that its directory is for"; // that directory is closed as well
        }
    }
}
