package io.secgroupd.controlplane.store.directory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Exchanges the names of two files of one directory. */
@FunctionalInterface
interface NameExchange {

    /**
     * Exchanges two names; both files must be there.
     *
     * @throws NoSuchFileException when one of them is not; nothing is changed then
     */
    void exchange(Path one, Path other) throws IOException;

    /**
     * By renameat2(2): both names lead to a file at every moment, and whatever stood under one of them stands under the other
     * afterwards, so no edit can be lost in between. Where the kernel, the C library or the file system does not have it, by
     * {@link #BY_LINKS}.
     */
    NameExchange BY_KERNEL = (one, other) -> {
        if (!KernelExchange.exchange(one, other)) {
            NameExchange.BY_LINKS.exchange(one, other);
        }
    };

    /**
     * By a link and two renames. The second name leads to a file at every moment. What is renamed to it between the link and
     * the first rename, some microseconds, is lost.
     */
    NameExchange BY_LINKS = (one, other) -> {
        Path link = linkOf(one);
        Files.deleteIfExists(link);
        Files.createLink(link, other);
        Files.move(one, other, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        Files.move(link, one, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    };

    /** The name that an exchange by links uses meanwhile, and leaves behind when the process is killed. */
    static Path linkOf(Path one) {
        return one.resolveSibling(one.getFileName() + ".link");
    }
}
