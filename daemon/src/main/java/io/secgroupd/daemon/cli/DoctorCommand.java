package io.secgroupd.daemon.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.secgroupd.daemon.cli.common.CommonOptions;
import io.secgroupd.daemon.cli.common.ExitCode;
import io.secgroupd.daemon.cli.common.JsonOutput;
import io.secgroupd.daemon.cli.common.SettingsFile;
import io.secgroupd.daemon.control.CarryMemory;
import io.secgroupd.daemon.doctor.Doctor;
import io.secgroupd.daemon.doctor.DoctorText;
import io.secgroupd.daemon.doctor.Finding;
import io.secgroupd.daemon.doctor.Installation;
import io.secgroupd.daemon.doctor.Level;
import io.secgroupd.daemon.hooks.CommandRunner;
import io.secgroupd.daemon.service.SettingsMapping;
import io.secgroupd.daemon.service.StateDirectory;
import io.secgroupd.daemon.settings.DaemonSettings;
import io.secgroupd.daemon.settings.SettingsReader.SettingsResult;
import io.secgroupd.rules.text.Plural;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Examines everything that the daemon depends on, and says in plain words what is wrong. */
@Command(
        name = "doctor",
        mixinStandardHelpOptions = true,
        description = {
            "Say what is wrong on this host, and what to do.",
            "Looks at daemon and hooks, rights, files, kernel, backends, other firewalls and who comes before whom,"
                    + " kernel parameters, clock and disk. Changes nothing. Works without root, and says what it could not see."
        },
        exitCodeList = {"0:nothing is wrong", "1:there is a warning or a problem"},
        footer = "  sudo secgroupd doctor")
final class DoctorCommand implements Callable<Integer> {

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Override
    public Integer call() {
        List<Finding> findings = new Doctor(CommandRunner.ofThisHost(), subject()).examine();
        PrintWriter out = common.out();
        if (common.json()) {
            JsonOutput.print(out, json -> write(findings, json));
        } else {
            DoctorText.of(findings).forEach(out::println);
            out.println(summary(findings));
            out.flush();
        }
        return findings.stream().anyMatch(finding -> finding.level().isWrong()) ? ExitCode.NO : ExitCode.DONE;
    }

    private Installation subject() {
        SettingsResult read = SettingsFile.tryToRead(common.config);
        DaemonSettings settings = read.settings().orElse(DaemonSettings.DEFAULT);
        return new Installation(
                SettingsFile.path(common.config),
                settings,
                read.problems(),
                common.rulesGiven().orElse(settings.rules()),
                SettingsMapping.selector(settings, CarryMemory.copyOf(StateDirectory.of(System.getenv()))),
                SettingsMapping.skeleton(settings),
                StateDirectory.of(System.getenv()),
                archive());
    }

    /** The class archive beside the jars, when the program runs from an installation. */
    private static Optional<Path> archive() {
        return Stream.of(System.getProperty("java.class.path", "").split(File.pathSeparator, -1))
                .map(entry -> Path.of(entry).toAbsolutePath().getParent())
                .filter(lib -> lib != null && Files.isDirectory(lib.resolveSibling("libexec")))
                .map(lib -> lib.resolve("classes.jsa"))
                .findFirst();
    }

    private static String summary(List<Finding> findings) {
        long problems = count(findings, Level.PROBLEM);
        long warnings = count(findings, Level.WARNING);
        return problems + warnings == 0
                ? "Nothing is wrong."
                : Plural.of(problems, "problem") + ", " + Plural.of(warnings, "warning");
    }

    private static long count(List<Finding> findings, Level level) {
        return findings.stream().filter(finding -> finding.level() == level).count();
    }

    private static void write(List<Finding> findings, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeNumberField("problems", count(findings, Level.PROBLEM));
        json.writeNumberField("warnings", count(findings, Level.WARNING));
        json.writeArrayFieldStart("findings");
        for (Finding finding : findings) {
            json.writeStartObject();
            json.writeStringField("level", finding.level().word());
            json.writeStringField("topic", finding.topic());
            json.writeStringField("what", finding.what());
            json.writeStringField("next", finding.next());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }
}
