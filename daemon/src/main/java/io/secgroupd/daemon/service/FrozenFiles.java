package io.secgroupd.daemon.service;

import io.secgroupd.daemon.control.HostPolicy;
import io.secgroupd.rules.file.PolicyFiles;
import io.secgroupd.rules.file.PolicyReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** Takes all files of a candidate as they are now, so that an edit of one that it includes makes no other policy of it. */
final class FrozenFiles {

    private FrozenFiles() {}

    /**
     * Takes the files.
     *
     * @param rules the file that the candidate would be written to
     * @param content of the candidate
     * @param policy what was read from them a moment ago
     * @throws IOException with a clause, when one cannot be read or was edited meanwhile
     */
    static PolicyFiles of(Path rules, byte[] content, HostPolicy policy) throws IOException {
        Path first = absolute(rules);
        Map<Path, byte[]> contents = new TreeMap<>();
        for (Path file : policy.files()) {
            if (Files.isRegularFile(file)) {
                contents.put(absolute(file), Files.readAllBytes(file));
            }
        }
        contents.put(first, content);
        var files = new PolicyFiles(first, contents);
        if (!PolicyReader.read(files).hash().equals(policy.hash())) {
            throw new IOException("a file that it includes is being edited; try again");
        }
        return files;
    }

    static Path absolute(Path file) {
        return file.toAbsolutePath().normalize();
    }
}
