package io.secgroupd.controlplane.store.directory;

import io.secgroupd.controlplane.store.common.RelativeFiles;
import io.secgroupd.rules.file.PolicyFiles;
import io.secgroupd.rules.file.PolicyReader;
import io.secgroupd.rules.file.ReadResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.TreeMap;

/**
 * A policy that somebody has in files, to be put into a store.
 *
 * @param files by their names beside the control-plane file
 * @param read  what they say
 */
public record PolicyOnDisk(PolicyFiles files, ReadResult read) {

    /**
     * Reads a control-plane file and all that it includes.
     *
     * @throws IOException with a sentence for the operator
     */
    public static PolicyOnDisk read(Path rules) throws IOException {
        Snapshot found = Snapshot.read(rules);
        var named = new TreeMap<Path, byte[]>();
        RelativeFiles.of(found.files()).forEach((name, content) -> named.put(Path.of(name), content));
        var files = new PolicyFiles(Path.of(RelativeFiles.FIRST), named);
        return new PolicyOnDisk(files, found.read().errors().isEmpty() ? PolicyReader.read(files) : found.read());
    }
}
