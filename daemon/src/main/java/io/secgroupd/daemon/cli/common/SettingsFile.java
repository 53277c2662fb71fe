package io.secgroupd.daemon.cli.common;

import io.secgroupd.daemon.control.FileObstacle;
import io.secgroupd.daemon.settings.DaemonSettings;
import io.secgroupd.daemon.settings.SettingsReader;
import io.secgroupd.daemon.settings.SettingsReader.SettingsResult;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The host settings of a command: the file that was named, or the default one if it exists. */
public final class SettingsFile {

    private SettingsFile() {}

    /**
     * The settings of a file.
     *
     * @param given the file that was named, or null for the default one
     * @param err   the writer for every problem of the file
     */
    public static DaemonSettings read(@Nullable Path given, PrintWriter err) {
        Path file = path(given);
        if (given != null && !Files.isReadable(file)) {
            throw new CommandFailedException(
                    ExitCode.FAILED, file + " " + FileObstacle.words(file) + "; correct the path after --config");
        }
        SettingsResult result = tryToRead(given);
        result.problems().forEach(err::println);
        return result.settings()
                .orElseThrow(() -> new CommandFailedException(
                        ExitCode.NO, "the host settings " + file + " have errors; nothing was done"));
    }

    /** The rules file of a command: the one that was named, or else the one in the settings. */
    public static Path rules(CommonOptions common, PrintWriter err) {
        return common.rulesGiven().orElseGet(() -> read(common.config, err).rules());
    }

    /** The settings, or every problem of the file. */
    public static SettingsResult tryToRead(@Nullable Path given) {
        return given == null ? SettingsReader.readIfPresent(OutputOptions.CONFIG) : SettingsReader.read(given);
    }

    public static Path path(@Nullable Path given) {
        return given == null ? OutputOptions.CONFIG : given;
    }
}
