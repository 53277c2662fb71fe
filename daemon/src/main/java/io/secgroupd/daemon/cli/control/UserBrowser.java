package io.secgroupd.daemon.cli.control;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Opens an address in a person's browser. All users of a host can read the arguments of its programs, and the address is a
 * secret; so the browser is given a file that only the person can read, and that leads there.
 */
final class UserBrowser {

    private UserBrowser() {}

    static void open(String address) throws IOException {
        Path file = Files.createTempFile("secgroupd-console-", ".html"); // for its owner alone
        try {
            open(file, address);
        } catch (IOException e) {
            Files.delete(file);
            throw e;
        }
    }

    private static void open(Path file, String address) throws IOException {
        Files.writeString(
                file,
                "<!DOCTYPE html><meta http-equiv=\"refresh\" content=\"0;url=" + address + "\">"
                        + "<title>secgroupd</title>\n",
                UTF_8);
        List<String> command = new ArrayList<>();
        Optional<String> person =
                Optional.ofNullable(System.getenv("SUDO_USER")).filter(user -> !user.equals("root"));
        if (person.isPresent()) {
            var users = file.getFileSystem().getUserPrincipalLookupService();
            Files.setOwner(file, users.lookupPrincipalByName(person.get()));
            command.addAll(List.of("runuser", "-u", person.get(), "--"));
        }
        command.addAll(List.of("xdg-open", file.toString()));
        var unused = new ProcessBuilder(command)
                .redirectInput(Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(Redirect.DISCARD)
                .redirectError(Redirect.DISCARD)
                .start();
    }
}
