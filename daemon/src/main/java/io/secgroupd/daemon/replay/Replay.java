package io.secgroupd.daemon.replay;

import io.secgroupd.daemon.capture.CaptureException;
import io.secgroupd.daemon.capture.CaptureFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Reads a record of flows of any kind and has every flow judged. */
public final class Replay {

    private Replay() {}

    /**
     * The result of reading a record.
     *
     * @param whole whether the whole file could be read and something in it could be judged
     * @param remarks sentences about the file
     */
    public record Result(boolean whole, List<String> remarks) {

        public Result {
            remarks = List.copyOf(remarks);
        }
    }

    /** Reads a file to its end; the tally judges each flow as it comes. */
    public static Result of(Path file, ReplayTally tally) throws ReplayException {
        try {
            return switch (FileKind.of(file)) {
                case CAPTURE -> capture(file, tally);
                case COMPRESSED_CAPTURE ->
                    throw new ReplayException(
                            file + " is a compressed capture: unpack it with gunzip, and replay that");
                case FLOW_LOG -> LoggedFlows.replay(file, tally);
            };
        } catch (IOException e) {
            throw new ReplayException(file + " cannot be read: " + e.getMessage(), e);
        } catch (CaptureException e) {
            throw new ReplayException(String.valueOf(e.getMessage()), e);
        }
    }

    private static Result capture(Path file, ReplayTally tally) throws CaptureException {
        try (CaptureFile capture = CaptureFile.open(file)) {
            CaptureFile.CaptureSummary summary = capture.read(flow -> tally.add(RecordedFlow.of(flow), 1));
            boolean nothingJudged = tally.flows() == 0 && summary.undecodable() + summary.others() > 0;
            return new Result(
                    summary.damage().isEmpty() && !nothingJudged, CaptureRemarks.of(file, summary, tally.flows()));
        }
    }
}
