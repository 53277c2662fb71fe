package io.secgroupd.rules.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;

/** Where the files of a policy are found. */
interface Shelf {

    /**
     * Opens a file.
     *
     * @param limit in bytes
     * @throws IOException with a message for the operator, as have those of reading
     */
    InputStream open(Path file, long limit) throws IOException;

    /**
     * The names of the files in a directory that match a glob, in any order.
     *
     * @param most the search ends when it has found one more than that
     * @throws IOException                            when the directory cannot be searched
     * @throws java.util.regex.PatternSyntaxException when the glob is none
     */
    List<Path> find(Path directory, String glob, int most) throws IOException;

    /** The file that a path means, whatever its spelling and links. */
    Path identity(Path file);
}
