package io.secgroupd.daemon.doctor;

import io.secgroupd.daemon.hooks.CommandRunner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A host whose {@code /proc} and {@code /etc} are files of a test. */
record HostTree(Path root) {

    Host host() {
        return new Host(root, CommandRunner.ofThisHost());
    }

    HostTree with(String path, String content) {
        try {
            Path file = root.resolve(path);
            Files.createDirectories(file.resolveSibling("."));
            Files.writeString(file, content);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A process that runs this command in this network namespace. */
    HostTree withProcess(String pid, String command, String namespace) {
        with("proc/" + pid + "/cmdline", command.replace(' ', '\0') + "\0");
        with("proc/" + pid + "/status", "Pid:\t" + pid + "\nUid:\t998\t998\t998\t998\nCapEff:\t1000\n");
        return withLink("proc/" + pid + "/ns/net", namespace);
    }

    HostTree withLink(String path, String target) {
        try {
            Path link = root.resolve(path);
            Files.createDirectories(link.resolveSibling("."));
            Files.createSymbolicLink(link, Path.of(target));
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
