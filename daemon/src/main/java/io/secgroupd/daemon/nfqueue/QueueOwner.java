package io.secgroupd.daemon.nfqueue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Finds the process that owns a queue. The kernel knows the owner only by a netlink port id, which often equals the process
 * id but need not. The search leads from the port id to the socket's inode, and from there to the process that has it open.
 */
final class QueueOwner {

    private static final String NETFILTER_FAMILY = "12";

    private final Path proc;

    QueueOwner(Path proc) {
        this.proc = proc;
    }

    /** Describes the owner for a sentence, as {@code process 1234 (java)} or with as much as can be found out. */
    String describe(int queue) {
        Optional<QueueStats> stats = stats(queue);
        if (stats.isEmpty()) {
            return "another process";
        }
        long portId = stats.get().ownerPortId();
        return inodeOf(portId)
                .flatMap(this::processWith)
                .map(this::describeProcess)
                .orElse("another process (netlink port id " + portId + ")");
    }

    private Optional<QueueStats> stats(int queue) {
        try {
            return QueueStats.read(proc, queue);
        } catch (IOException notReadable) {
            return Optional.empty();
        }
    }

    /** Columns: sk, family, port id, groups, rmem, wmem, dump, locks, drops, inode. */
    private Optional<String> inodeOf(long portId) {
        try {
            return Files.readString(proc.resolve("thread-self/net/netlink"), StandardCharsets.US_ASCII)
                    .lines()
                    .map(line -> line.strip().split("\\s+"))
                    .filter(columns -> columns.length >= 10)
                    .filter(columns -> columns[1].equals(NETFILTER_FAMILY) && columns[2].equals(Long.toString(portId)))
                    .map(columns -> columns[9])
                    .findFirst();
        } catch (IOException notReadable) {
            return Optional.empty();
        }
    }

    private Optional<Path> processWith(String inode) {
        Path link = Path.of("socket:[" + inode + "]");
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(proc, "[0-9]*")) {
            for (Path process : processes) {
                if (hasOpen(process, link)) {
                    return Optional.of(process);
                }
            }
        } catch (IOException notReadable) {
            return Optional.empty();
        }
        return Optional.empty();
    }

    private static boolean hasOpen(Path process, Path link) {
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(process.resolve("fd"))) {
            for (Path descriptor : descriptors) {
                if (pointsTo(descriptor, link)) {
                    return true;
                }
            }
        } catch (IOException notOursOrGone) {
            return false;
        }
        return false;
    }

    private static boolean pointsTo(Path descriptor, Path link) {
        try {
            return Files.readSymbolicLink(descriptor).equals(link);
        } catch (IOException closedMeanwhile) {
            return false;
        }
    }

    private String describeProcess(Path process) {
        String id = "process " + process.getFileName();
        try {
            return id + " (" + Files.readString(process.resolve("comm")).strip() + ")";
        } catch (IOException gone) {
            return id;
        }
    }
}
