package io.secgroupd.daemon.replay;

import io.secgroupd.daemon.capture.CaptureException;
import io.secgroupd.daemon.capture.CaptureFile;
import io.secgroupd.daemon.flowlog.read.FlowFilter;
import io.secgroupd.rules.usage.Sightings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.zip.GZIPInputStream;

/** Reads a record of flows of any kind and has every flow judged. */
public final class Replay {

    private Replay() {}

    /**
     * The result of reading a record.
     *
     * @param whole whether the whole file could be read and something in it could be judged
     * @param complete whether no decision is missing of which the record says that it was made
     * @param remarks sentences about the file
     */
    public record ReplayResult(boolean whole, boolean complete, List<String> remarks) {

        public ReplayResult {
            remarks = List.copyOf(remarks);
        }
    }

    /** Reads a file to its end; the tally judges each flow as it comes. */
    public static ReplayResult of(Path file, RecordedFlows tally) throws ReplayException {
        return of(file, tally, () -> LoggedFlows.replay(file, tally));
    }

    /**
     * Reads a file to its end, and hands on the different flows of a flow log once each, which is several times as fast.
     *
     * @param filter selects lines of a flow log
     */
    public static ReplayResult gathered(Path file, FlowFilter filter, RecordedFlows uses) throws ReplayException {
        return of(file, uses, () -> LoggedFlows.gather(file, filter, uses));
    }

    /** Reports whether a file is a capture, of which a filter selects nothing. */
    public static boolean isCapture(Path file) throws ReplayException {
        try {
            return FileKind.of(file) == FileKind.CAPTURE;
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private static ReplayException unreadable(Path file, IOException e) {
        return new ReplayException(file + " cannot be read: " + e.getMessage(), e);
    }

    /** Reads a flow log. */
    @FunctionalInterface
    private interface LogReading {
        ReplayResult read() throws IOException;
    }

    private static ReplayResult of(Path file, RecordedFlows flows, LogReading log) throws ReplayException {
        try {
            return switch (FileKind.of(file)) {
                case CAPTURE -> capture(file, flows);
                case COMPRESSED_CAPTURE ->
                    throw new ReplayException(
                            file + " is a compressed capture: unpack it with gunzip, and replay that");
                case FLOW_LOG -> log.read();
            };
        } catch (IOException e) {
            throw unreadable(file, e);
        } catch (CaptureException e) {
            throw new ReplayException(String.valueOf(e.getMessage()), e);
        }
    }

    /**
     * Reads a flow log that comes as a stream; the tally judges each flow as it comes. When the stream breaks off, a remark
     * says so.
     *
     * @param name stands for the log in remarks
     */
    public static ReplayResult ofLog(InputStream log, Path name, RecordedFlows tally) {
        return LoggedFlows.replay(log, name, tally);
    }

    private static ReplayResult capture(Path file, RecordedFlows tally) throws CaptureException {
        try (CaptureFile capture = CaptureFile.open(file)) {
            CaptureFile.CaptureSummary summary = capture.read(
                    flow -> tally.add(RecordedFlow.of(flow), new Sightings(1, flow.millis(), flow.millis())));
            boolean nothingJudged = tally.flows() == 0 && summary.undecodable() + summary.others() > 0;
            return new ReplayResult(
                    summary.damage().isEmpty() && !nothingJudged,
                    summary.damage().isEmpty(),
                    CaptureRemarks.of(file, summary, tally.flows()));
        }
    }

    /** Tells the kind of a file to be replayed by its first bytes, because its name proves nothing. */
    enum FileKind {
        CAPTURE,
        COMPRESSED_CAPTURE,
        /** Any other file; its reader reports what is wrong with it. */
        FLOW_LOG;

        /** The first bytes of pcap in microseconds and nanoseconds, either byte order, and of pcapng. */
        private static final Set<Integer> CAPTURES =
                Set.of(0xa1b2_c3d4, 0xd4c3_b2a1, 0xa1b2_3c4d, 0x4d3c_b2a1, 0xa1b2_cd34, 0x34cd_b2a1, 0x0a0d_0d0a);

        private static final int GZIP = 0x1f8b;

        static FileKind of(Path file) throws IOException {
            try (InputStream in = Files.newInputStream(file)) {
                int magic = magic(in);
                if (CAPTURES.contains(magic)) {
                    return CAPTURE;
                }
                return magic >>> 16 == GZIP && holdsCapture(file) ? COMPRESSED_CAPTURE : FLOW_LOG;
            }
        }

        private static boolean holdsCapture(Path file) throws IOException {
            try (InputStream compressed = Files.newInputStream(file);
                    InputStream in = new GZIPInputStream(compressed)) {
                return CAPTURES.contains(magic(in));
            } catch (IOException damaged) {
                return false;
            }
        }

        private static int magic(InputStream in) throws IOException {
            return ByteBuffer.wrap(Arrays.copyOf(in.readNBytes(4), 4)).getInt();
        }
    }
}
