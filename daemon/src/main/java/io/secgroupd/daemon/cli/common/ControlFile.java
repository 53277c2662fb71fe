package io.secgroupd.daemon.cli.common;

import io.secgroupd.controlplane.server.ControlSettings;
import io.secgroupd.controlplane.server.ControlSettingsReader;
import io.secgroupd.controlplane.server.ControlSettingsReader.ControlSettingsResult;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option that names the settings of the control server, and what they say. */
public final class ControlFile {

    private static final Path DEFAULT = Path.of("/etc/secgroupd/control.yaml");

    @Option(
            names = "--control",
            paramLabel = "FILE",
            description = "Settings of the control server (/etc/secgroupd/control.yaml).")
    @Nullable
    Path file;

    /**
     * Reads it.
     *
     * @param err receives every problem of the file
     */
    public ControlSettings read(PrintWriter err) {
        Path given = file;
        if (given == null && !Files.exists(DEFAULT)) {
            return ControlSettings.DEFAULT;
        }
        Path meant = given == null ? DEFAULT : given;
        ControlSettingsResult result = ControlSettingsReader.read(meant);
        result.problems().forEach(err::println);
        return result.settings()
                .orElseThrow(() -> new CommandFailedException(
                        ExitCode.NO, "the settings " + meant + " have errors; nothing was done"));
    }
}
