package io.secgroupd.daemon.nfqueue;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What /proc tells about a queue and who owns it, on a copy of the files as the kernel writes them. */
class QueueProcTest {

    @TempDir
    private Path proc;

    @BeforeEach
    void writeTheFilesOfTheKernel() throws IOException {
        write("thread-self/net/netfilter/nfnetlink_queue", """
                 4700  31337     3 2   512     5     7      120  1
                 4701 -12345     0 2   512     0     0        0  1
                """);
        write("thread-self/net/netlink", """
                sk               Eth Pid        Groups   Rmem     Wmem     Dump  Locks    Drops    Inode
                0000000000000000 0   31337      00000111 0        0        0     2        0        100
                0000000000000000 12  31337      00000000 0        0        0     2        0        4711
                """);
        write("1/comm", "init\n");
        Files.createDirectories(proc.resolve("1/fd"));
        Files.createSymbolicLink(proc.resolve("1/fd/5"), Path.of("socket:[100]"));
        write("1234/comm", "java\n");
        Files.createDirectories(proc.resolve("1234/fd"));
        Files.createSymbolicLink(proc.resolve("1234/fd/9"), Path.of("socket:[4711]"));
    }

    @Test
    void readsTheAccountOfAQueue() throws IOException {
        assertThat(QueueStats.read(proc, 4700)).contains(new QueueStats(4700, 31337, 3, 5, 7, 120));
        assertThat(QueueStats.read(proc, 4702)).isEmpty();
    }

    @Test
    void namesTheProcessThatHasTheSocketOpen() {
        assertThat(new QueueOwner(proc).describe(4700)).isEqualTo("process 1234 (java)");
    }

    @Test
    void namesThePortIdWhenTheProcessCannotBeSeen() throws IOException {
        Files.delete(proc.resolve("1234/fd/9"));
        assertThat(new QueueOwner(proc).describe(4700)).isEqualTo("another process (netlink port id 31337)");
    }

    @Test
    void saysAsMuchAsItMayKnow() throws IOException {
        Files.delete(proc.resolve("thread-self/net/netfilter/nfnetlink_queue"));
        assertThat(new QueueOwner(proc).describe(4700)).isEqualTo("another process");
    }

    @Test
    void passesOverLinesOfAnotherKind() throws IOException {
        write("thread-self/net/netfilter/nfnetlink_queue", "?\n 4700  31337     3 2   512     5     7      120  1\n");
        write("thread-self/net/netlink", """
                a line of another kernel
                0000000000000000 12  99999      00000000 0        0        0     2        0        100
                0000000000000000 12  31337      00000000 0        0        0     2        0        4711
                """);

        assertThat(QueueStats.read(proc, 4700)).isPresent();
        assertThat(new QueueOwner(proc).describe(4700)).isEqualTo("process 1234 (java)");
    }

    private void write(String file, String text) throws IOException {
        Path path = proc.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }
}
