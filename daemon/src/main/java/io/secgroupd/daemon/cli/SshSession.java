package io.secgroupd.daemon.cli;

import io.secgroupd.daemon.cli.service.LockoutGuard;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** The SSH connection by which the operator works here, if any. */
final class SshSession {

    private static final String VARIABLE = "SSH_CONNECTION=";

    private SshSession() {}

    /** {@code SOURCE,DESTINATION,PORT}. sudo takes the variable away: then a process above this one has it. */
    static Optional<String> connection() {
        return Stream.iterate(
                        Optional.of(ProcessHandle.current()),
                        Optional::isPresent,
                        one -> one.flatMap(ProcessHandle::parent))
                .flatMap(Optional::stream)
                .flatMap(process -> variable(process.pid()).stream())
                .findFirst()
                .flatMap(LockoutGuard::caller);
    }

    private static Optional<String> variable(long pid) {
        try {
            String environment = Files.readString(Path.of("/proc/" + pid + "/environ"), StandardCharsets.ISO_8859_1);
            return Stream.of(environment.split("\0"))
                    .filter(entry -> entry.startsWith(VARIABLE))
                    .map(entry -> entry.substring(VARIABLE.length()))
                    .findFirst();
        } catch (IOException notOurs) {
            return Optional.empty();
        }
    }
}
