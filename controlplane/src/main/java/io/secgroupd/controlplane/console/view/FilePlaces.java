package io.secgroupd.controlplane.console.view;

import io.secgroupd.rules.file.PolicyFiles;
import io.secgroupd.rules.text.Location;
import java.nio.file.Path;

/** Names places in files by their paths beside the control-plane file, which is short enough for a page. */
public final class FilePlaces {

    private final Path directory;
    private final String before;

    /** The places in these files. */
    public FilePlaces(PolicyFiles files) {
        Path first = files.first();
        this.directory = first.resolveSibling("");
        this.before = directory.toString().isEmpty() ? "" : directory + "/";
    }

    /** {@code rules.yaml:12:3}. */
    public String of(Location at) {
        return shortened(at.toString());
    }

    /** {@code rules.yaml:12}. */
    public String line(Location at) {
        return shortened(at.fileLine());
    }

    /** A place that is a text already. */
    public String shortened(String place) {
        return !before.isEmpty() && place.startsWith(before) ? place.substring(before.length()) : place;
    }

    /** The path of a file. */
    public String path(Path file) {
        return shortened(file.toString());
    }
}
