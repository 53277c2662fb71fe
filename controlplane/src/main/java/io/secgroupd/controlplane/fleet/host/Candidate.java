package io.secgroupd.controlplane.fleet.host;

import io.secgroupd.controlplane.fleet.feed.Pointer;
import io.secgroupd.controlplane.store.common.Hashes;
import io.secgroupd.rules.file.PolicyFiles;
import io.secgroupd.rules.file.PolicyReader;
import io.secgroupd.rules.file.ReadResult;
import io.secgroupd.rules.pipeline.Checked;
import io.secgroupd.rules.pipeline.PolicyPipeline;
import io.secgroupd.rules.text.Problem;
import io.secgroupd.rules.yaml.FileInput;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A revision that was read, and passes its tests.
 *
 * @param pointer  that named it
 * @param hash     of its policy
 * @param files    by the places that they will have
 * @param read     the files that were read, and the directories that were searched
 * @param contents of the files by name
 */
record Candidate(Pointer pointer, String hash, PolicyFiles files, List<Path> read, SortedMap<String, byte[]> contents) {

    /** @throws RefusalException with the first problem and its place */
    static Candidate read(Pointer pointer, HostFiles places, SortedMap<String, byte[]> contents)
            throws RefusalException {
        var placed = new TreeMap<Path, byte[]>();
        contents.forEach((name, content) -> placed.put(places.place(name), content));
        var files = new PolicyFiles(places.rules(), placed);
        ReadResult read = PolicyReader.read(files);
        Checked checked = PolicyPipeline.check(places.rules(), read, Instant.now());
        if (checked.sound().isEmpty()) {
            throw new RefusalException(checked.problems().stream()
                    .filter(Problem::isError)
                    .map(Problem::toString)
                    .findFirst()
                    .orElse("The policy cannot be used."));
        }
        return new Candidate(pointer, read.hash(), files, read.files(), contents);
    }

    /** Files that a reading from the disk would find beside those of the revision. */
    List<Path> readOnDisk() {
        if (read.stream().noneMatch(Files::isDirectory)) {
            return List.of(); // no include searches a directory
        }
        return PolicyReader.read(files.first(), files.contents(), FileInput.BY_NAME).files().stream()
                .filter(Files::isRegularFile)
                .map(Path::normalize)
                .filter(file -> files.content(file).isEmpty())
                .toList();
    }

    /** What is remembered when it is in force. */
    Followed followed() {
        var hashes = new TreeMap<String, String>();
        contents.forEach((name, content) -> hashes.put(name, Hashes.sha256(content)));
        return new Followed(pointer.serial(), pointer.edition(), pointer.manifest(), hash, hashes);
    }
}
