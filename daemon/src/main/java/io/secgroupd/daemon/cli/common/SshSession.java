package io.secgroupd.daemon.cli.common;

import io.secgroupd.daemon.service.LockoutGuard;
import io.secgroupd.rules.text.Quote;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** The SSH connection through which the operator works here, if any. */
public final class SshSession {

    private static final String VARIABLE = "SSH_CONNECTION=";

    private SshSession() {}

    /**
     * The connection as {@code SOURCE,DESTINATION,PORT}.
     *
     * @throws CommandFailedException when there is a session whose connection is unknown
     */
    public static Optional<String> connection() {
        return variable()
                .map(variable -> LockoutGuard.caller(variable)
                        .orElseThrow(() -> new CommandFailedException(
                                ExitCode.NO,
                                "SSH_CONNECTION is " + Quote.of(variable)
                                        + ", which names no connection that the candidate must allow;"
                                        + " nothing was changed; use --force to apply without looking")));
    }

    /** The variable that sshd sets. sudo removes it; then a process above this one still has it. */
    public static Optional<String> variable() {
        return Stream.iterate(
                        Optional.of(ProcessHandle.current()),
                        Optional::isPresent,
                        one -> one.flatMap(ProcessHandle::parent))
                .flatMap(Optional::stream)
                .flatMap(process -> variable(process.pid()).stream())
                .filter(variable -> !variable.isBlank())
                .findFirst();
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
