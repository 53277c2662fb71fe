package io.secgroupd.daemon.fuzz;

import io.secgroupd.daemon.settings.SettingsReader;
import io.secgroupd.daemon.settings.SettingsReader.SettingsResult;
import io.secgroupd.rules.fuzz.Claim;
import io.secgroupd.rules.fuzz.Cost;
import io.secgroupd.rules.text.Printable;
import io.secgroupd.rules.text.Problem;
import java.nio.file.Path;

/** Any bytes as daemon.yaml: they are settings, or there are problems, each at a place and on one line. */
public final class SettingsFuzz {

    private static final Path FILE = InputFile.named("daemon.yaml");
    private static final long BASE = 4 << 20;
    private static final long EACH = 50_000;

    private SettingsFuzz() {}

    /** One input. */
    public static void fuzzerTestOneInput(byte[] input) {
        InputFile.write(FILE, input);
        Cost.bounded(input.length, BASE, EACH, SettingsFuzz::read);
    }

    private static void read() {
        SettingsResult read = SettingsReader.read(FILE);
        boolean wrong = read.problems().stream().anyMatch(Problem::isError);
        Claim.that(read.settings().isPresent() != wrong, "settings and an error, or neither");
        for (Problem problem : read.problems()) {
            Claim.that(problem.at().line() >= 1 && problem.at().column() >= 1, "a problem at no place");
            Claim.that(Printable.firstUnprintable(problem.toString()).isEmpty(), "a problem that forges a line");
        }
        Claim.same(read, SettingsReader.read(FILE), "other settings when they are read again");
    }
}
