package io.secgroupd.daemon.cli.common;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The person who runs a command as root, as far as that can be known. */
public final class Operator {

    private static final String UNSET = "4294967295";
    private static final String ROOT = "0";

    private Operator() {}

    /** A name that others recognise; empty when the person is unknown. */
    public static Optional<String> name() {
        return Optional.ofNullable(System.getenv("SUDO_USER"))
                .filter(user -> !user.isEmpty() && !user.equals("root"))
                .or(Operator::login)
                .or(() -> SshSession.variable().map(variable -> "root from " + variable.split(" ", 2)[0]));
    }

    /** The user who logged in, even after changing to another user. */
    private static Optional<String> login() {
        try {
            return Optional.of(Files.readString(Path.of("/proc/self/loginuid")).strip())
                    .filter(uid -> !uid.isEmpty() && !uid.equals(UNSET) && !uid.equals(ROOT))
                    .map(uid -> "user " + uid);
        } catch (IOException kernelKeepsNone) {
            return Optional.empty();
        }
    }
}
