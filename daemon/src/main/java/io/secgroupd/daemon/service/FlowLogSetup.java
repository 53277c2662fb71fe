package io.secgroupd.daemon.service;

import io.secgroupd.daemon.flowlog.FlowLogTarget;
import io.secgroupd.daemon.flowlog.FlowRing;
import io.secgroupd.daemon.flowlog.OpenDescriptor;
import io.secgroupd.daemon.settings.DaemonSettings;
import io.secgroupd.daemon.terms.FlowLogFormat;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;

/** Sets up the flow log at a start. */
final class FlowLogSetup {

    /** The decisions that can wait for the writer: a sixth of a second of a flood of 200,000/s, in about 5 MB. */
    private static final int RING = 32_768;

    /** Those of practice, which nobody floods. */
    private static final int PRACTICE_RING = 1_024;

    private static final int START_BYTES = 4;

    private FlowLogSetup() {}

    static FlowRing ring(DaemonSettings settings, UnitSetup units) {
        return ring(settings, units, RING);
    }

    /** A ring as those of this daemon are, for decisions that nobody is to see. */
    static FlowRing practiceRing(DaemonSettings settings, UnitSetup units) {
        return ring(settings, units, PRACTICE_RING);
    }

    private static FlowRing ring(DaemonSettings settings, UnitSetup units, int capacity) {
        var wanted = new FlowRing.Wanted(
                settings.flowLog().accept(),
                settings.flowLog().reject(),
                settings.flowLog().format() == FlowLogFormat.JSON); // the other format cannot say how it differs
        return new FlowRing(capacity, wanted, settings.mode().observes(), System::currentTimeMillis, units.forLoop());
    }

    static FlowLogTarget target(DaemonSettings settings) {
        Path path = settings.flowLog().path().toAbsolutePath();
        requireDirectory(path);
        requireFile(path);
        return target(settings, path, startId(), hostName());
    }

    /** A log as that of this daemon is, of which nothing stays. */
    static FlowLogTarget practiceTarget(DaemonSettings settings) {
        return target(settings, Path.of("/dev/null"), "practice", "practice");
    }

    private static FlowLogTarget target(DaemonSettings settings, Path path, String start, String host) {
        return new FlowLogTarget(
                path,
                settings.flowLog().format(),
                start,
                host,
                settings.flowLog().aggregate(),
                settings.flowLog().rotate(),
                settings.flowLog().keep());
    }

    private static void requireDirectory(Path path) {
        Path directory = path.getParent();
        try {
            if (directory != null) {
                Files.createDirectories(directory);
            }
        } catch (IOException e) {
            throw new StartException(
                    "the directory of the flow log " + path + " cannot be made: " + e.getMessage()
                            + "; set flow_log.path",
                    e);
        }
    }

    /** Refuses a log file that can never be written now, rather than at the first decision. */
    private static void requireFile(Path path) {
        if (Files.isDirectory(path) || OpenDescriptor.isForeignSocket(path)) {
            throw new StartException("flow_log.path " + path
                    + (Files.isDirectory(path) ? " is a directory" : " is the socket of a program")
                    + ", to which no log can be written; name a file, or /dev/stdout");
        }
    }

    private static String startId() {
        var bytes = new byte[START_BYTES];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private static String hostName() {
        try {
            return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
        } catch (IOException e) {
            return localHost();
        }
    }

    private static String localHost() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }
}
