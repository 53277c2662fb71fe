package io.secgroupd.daemon.cli.usage;

import io.secgroupd.daemon.cli.common.CommandFailedException;
import io.secgroupd.daemon.cli.common.CommonOptions;
import io.secgroupd.daemon.cli.common.ExitCode;
import io.secgroupd.daemon.cli.common.PolicyFile;
import io.secgroupd.daemon.cli.common.SettingsFile;
import io.secgroupd.daemon.flowlog.read.FlowFilter;
import io.secgroupd.daemon.log.LibraryLog;
import io.secgroupd.daemon.replay.FlowUses;
import io.secgroupd.daemon.replay.Replay;
import io.secgroupd.daemon.replay.ReplayException;
import io.secgroupd.rules.text.Printable;
import java.nio.file.Path;
import java.util.List;

/** Reads the records that a command was given, or the flow log of this host. */
final class RecordReading {

    private RecordReading() {}

    /** The files that were named; when there are none, the one in the settings. */
    static List<Path> files(List<Path> named, CommonOptions common) {
        List<Path> files = named.isEmpty()
                ? List.of(
                        SettingsFile.read(common.config, common.err()).flowLog().path())
                : named;
        files.forEach(PolicyFile::requireFile);
        return files;
    }

    /** Reads them all, and says what is to be said about them. Reports whether nothing is missing in them. */
    static boolean read(List<Path> files, FlowFilter filter, FlowUses uses, CommonOptions common) {
        LibraryLog.silencePcap4j();
        boolean complete = true;
        for (Path file : files) {
            Replay.ReplayResult result = read(file, filter, uses);
            result.remarks().forEach(remark -> say(remark, common));
            complete &= result.whole() && result.complete();
        }
        return complete;
    }

    /** Reports whether one of the files is a capture. */
    static boolean haveCapture(List<Path> files) {
        try {
            for (Path file : files) {
                if (Replay.isCapture(file)) {
                    return true;
                }
            }
            return false;
        } catch (ReplayException e) {
            throw failed(e);
        }
    }

    private static CommandFailedException failed(ReplayException e) {
        return new CommandFailedException(ExitCode.FAILED, String.valueOf(e.getMessage()), e);
    }

    private static Replay.ReplayResult read(Path file, FlowFilter filter, FlowUses uses) {
        try {
            return Replay.gathered(file, filter, uses);
        } catch (ReplayException e) {
            throw failed(e);
        }
    }

    static void say(String remark, CommonOptions common) {
        common.err().println("secgroupd: " + Printable.shown(remark));
    }
}
