package io.secgroupd.daemon.doctor;

import io.secgroupd.daemon.hooks.CommandResult;
import io.secgroupd.daemon.hooks.CommandRunner;
import io.secgroupd.daemon.hooks.HooksException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Reads files and runs commands on a host.
 *
 * @param root {@code /}, the directory that contains {@code proc} and {@code etc}
 */
record Host(Path root, CommandRunner runner) {

    /** The text of a file such as {@code proc/self/status}; empty when it is missing or hidden from this user. */
    Optional<String> read(String path) {
        // The buffer is large because the kernel returns a number in /proc/sys only to the first read, however short.
        try (var file = new BufferedInputStream(Files.newInputStream(root.resolve(path)))) {
            return Optional.of(new String(file.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** The names in a directory; none when it does not exist. */
    List<String> names(String path) {
        try (Stream<Path> entries = Files.list(root.resolve(path))) {
            return entries.map(entry -> String.valueOf(entry.getFileName()))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    /** The output of a command; empty when it is not installed or failed. */
    Optional<String> output(String tool, String... arguments) {
        try {
            return Optional.of(runner.run(tool, arguments))
                    .filter(CommandResult::succeeded)
                    .map(CommandResult::output);
        } catch (HooksException e) {
            return Optional.empty();
        }
    }
}
