package io.secgroupd.controlplane.fleet.feed;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The names that files of a policy may have: each is a way down from one directory. */
final class FileNames {

    private FileNames() {}

    /** @throws IllegalArgumentException with a clause when names lead elsewhere, or into each other, or there is no first */
    static void require(Collection<String> names) {
        FeedText.require(names.contains(Manifest.FIRST), "there is no file " + Manifest.FIRST);
        FeedText.require(names.size() <= FeedLimits.FILES, "there are more than " + FeedLimits.FILES + " files");
        Set<String> all = new HashSet<>(names);
        for (String name : names) {
            FeedText.require(isSound(name), "the name of a file leads out of the directory, or is none");
            for (int at = name.indexOf('/'); at > 0; at = name.indexOf('/', at + 1)) {
                FeedText.require(!all.contains(name.substring(0, at)), "one name is that of a file and of a directory");
            }
        }
    }

    private static boolean isSound(String name) {
        return name.length() <= FeedLimits.NAME
                && name.equals(FeedText.line(name, FeedLimits.NAME))
                && List.of(name.split("/", -1)).stream()
                        .noneMatch(part -> Set.of("", ".", "..").contains(part));
    }
}
