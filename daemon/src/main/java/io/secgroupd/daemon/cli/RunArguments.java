package io.secgroupd.daemon.cli;

import io.secgroupd.daemon.cli.common.CommonOptions;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Reads the arguments of {@code run}, as units write them, without picocli, whose reflection over all commands would
 * take a third of the time in which a restarted daemon does not judge. Anything unusual is left to picocli, including
 * errors.
 */
final class RunArguments {

    private RunArguments() {}

    /** Empty unless the arguments are {@code run [--rules FILE] [--config FILE] [--debug]}, each at most once. */
    static Optional<CommonOptions> parse(String[] args) {
        if (args.length == 0 || !args[0].equals("run")) {
            return Optional.empty();
        }
        var options = new CommonOptions();
        for (int i = 1; i < args.length; i++) {
            String value = i + 1 < args.length ? args[i + 1] : "";
            if (args[i].equals("--debug") && !options.debug) {
                options.debug = true;
            } else if (args[i].equals("--rules") && options.rules == null && isFile(value)) {
                options.rules = Path.of(value);
                i++;
            } else if (args[i].equals("--config") && options.config == null && isFile(value)) {
                options.config = Path.of(value);
                i++;
            } else {
                return Optional.empty();
            }
        }
        return Optional.of(options);
    }

    /** Reports whether picocli takes a value literally, not as an option (leading dash) or argument file (@). */
    private static boolean isFile(String value) {
        return !value.isEmpty() && value.charAt(0) != '-' && value.charAt(0) != '@';
    }
}
