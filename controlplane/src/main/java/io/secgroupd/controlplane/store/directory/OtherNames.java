package io.secgroupd.controlplane.store.directory;

import io.secgroupd.rules.file.PolicyFiles;
import java.nio.file.Path;
import java.util.Optional;

/** Says which file of a policy is one too many, or missing. */
final class OtherNames {

    private OtherNames() {}

    static String sentence(PolicyFiles before, PolicyFiles after) {
        String what = oneOfOnly(after, before)
                .map(added -> added + " is not a file of the policy")
                .or(() -> oneOfOnly(before, after).map(removed -> removed + " is missing"))
                .orElse("the names of the files are others");
        return "The store is a directory, in which files are neither added nor removed, and " + what
                + ". Add or remove the file by hand.";
    }

    private static Optional<Path> oneOfOnly(PolicyFiles one, PolicyFiles other) {
        return one.contents().keySet().stream()
                .filter(path -> !other.contents().containsKey(path))
                .findFirst();
    }
}
