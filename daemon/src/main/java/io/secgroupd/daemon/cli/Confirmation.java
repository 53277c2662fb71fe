package io.secgroupd.daemon.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.secgroupd.daemon.cli.common.CommandFailedException;
import io.secgroupd.daemon.cli.common.ExitCode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.Optional;

/**
 * Makes a tried policy the one of the rules file. The daemon may not write there, and should not be able to: the command
 * writes the file, then tells the daemon.
 */
final class Confirmation {

    private final DaemonCall daemon;

    Confirmation(DaemonCall daemon) {
        this.daemon = daemon;
    }

    int run(PrintWriter out) {
        String status = daemon.status();
        Optional<Path> candidate = text(status, "candidate").map(Path::of);
        Optional<Path> rules = text(status, "file").map(Path::of);
        if (candidate.isPresent() && rules.isPresent()) {
            write(candidate.get(), rules.get());
        }
        return daemon.ask("POST", "/confirm", out); // without a candidate the daemon says so
    }

    private void write(Path candidate, Path rules) {
        try {
            replace(rules.toRealPath(), candidate);
        } catch (IOException e) {
            throw new CommandFailedException(
                    ExitCode.FAILED,
                    rules + " cannot be written: " + e.getMessage()
                            + "; the candidate stays in force until its time is over",
                    e);
        }
    }

    /** In one step, with the owner and the mode of the file before: a crash leaves one of the two. */
    private static void replace(Path rules, Path candidate) throws IOException {
        Path fresh = Files.createTempFile(rules.resolveSibling("."), ".secgroupd", ".new");
        try {
            Files.copy(candidate, fresh, StandardCopyOption.REPLACE_EXISTING);
            var before = Files.readAttributes(rules, PosixFileAttributes.class);
            var view = Files.getFileAttributeView(fresh, PosixFileAttributeView.class);
            view.setOwner(before.owner());
            view.setGroup(before.group());
            view.setPermissions(before.permissions());
            try (FileChannel channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
            Files.move(fresh, rules, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    /** The first text field of this name. */
    private static Optional<String> text(String status, String field) {
        try (JsonParser json = new JsonFactory().createParser(status)) {
            while (json.nextToken() != null) {
                if (json.currentToken() == JsonToken.FIELD_NAME
                        && json.currentName().equals(field)) {
                    return Optional.ofNullable(json.nextTextValue());
                }
            }
            return Optional.empty();
        } catch (IOException e) {
            throw new CommandFailedException(
                    ExitCode.FAILED, "the daemon's status cannot be read: " + e.getMessage(), e);
        }
    }
}
