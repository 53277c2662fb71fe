package io.secgroupd.daemon.cli;

import io.secgroupd.daemon.settings.DaemonSettings;
import io.secgroupd.daemon.settings.SettingsReader;
import io.secgroupd.daemon.settings.SettingsResult;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The host settings of a command: the file that was named, or the default one if it exists. */
final class SettingsFile {

    private SettingsFile() {}

    /** @param err takes every problem of the file */
    static DaemonSettings read(OutputOptions common, PrintWriter err) {
        Path file = path(common);
        if (common.config != null && !Files.isReadable(file)) {
            throw new CommandFailedException(
                    ExitCode.FAILED, file + " " + PolicyFile.obstacle(file) + "; correct the path after --config");
        }
        SettingsResult result = tryToRead(common);
        result.problems().forEach(err::println);
        return result.settings()
                .orElseThrow(() -> new CommandFailedException(
                        ExitCode.NO, "the host settings " + file + " have errors; nothing was done"));
    }

    /** Settings, or every problem. */
    static SettingsResult tryToRead(OutputOptions common) {
        Path file = path(common);
        return common.config == null ? SettingsReader.readIfPresent(file) : SettingsReader.read(file);
    }

    static Path path(OutputOptions common) {
        @Nullable Path given = common.config;
        return given == null ? OutputOptions.CONFIG : given;
    }
}
