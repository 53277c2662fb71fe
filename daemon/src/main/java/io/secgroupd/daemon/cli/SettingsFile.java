package io.secgroupd.daemon.cli;

import io.secgroupd.daemon.settings.DaemonSettings;
import io.secgroupd.daemon.settings.SettingsReader;
import io.secgroupd.daemon.settings.SettingsResult;
import java.io.PrintWriter;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The host settings of a command: the file that was named, or the default one if it exists. */
final class SettingsFile {

    private SettingsFile() {}

    /** @param err takes every problem of the file */
    static DaemonSettings read(OutputOptions common, PrintWriter err) {
        @Nullable Path given = common.config;
        Path file = given == null ? OutputOptions.CONFIG : given;
        SettingsResult result = given == null ? SettingsReader.readIfPresent(file) : SettingsReader.read(file);
        result.problems().forEach(err::println);
        return result.settings()
                .orElseThrow(() -> new CommandFailedException(
                        ExitCode.NO, "the host settings " + file + " have errors; nothing was installed"));
    }
}
