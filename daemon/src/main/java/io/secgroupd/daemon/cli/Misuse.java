package io.secgroupd.daemon.cli;

import io.secgroupd.daemon.cli.common.ExitCode;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Answers a command line that cannot be understood in a line or two, because the whole help would push the answer off
 * the screen. This is a class, like {@link Failure}: a lambda would keep picocli's interface, whose byte code is older
 * than Java 6, out of the class archive, and the JVM would open every jar before picocli's to find it.
 */
final class Misuse implements IParameterExceptionHandler {

    private static final Pattern NO_SUCH_WORD =
            Pattern.compile("(Invalid value for .*): expected one of \\[(.*)] .*but was '(.*)'");
    private static final Pattern TOO_MANY = Pattern.compile("Unmatched arguments? (?:at|from) index \\d+: (.*)");

    @Override
    public int handleParseException(ParameterException misuse, String[] arguments) {
        CommandLine command = misuse.getCommandLine();
        PrintWriter err = command.getErr();
        String name = command.getCommandSpec().qualifiedName();
        err.println(name + ": " + sentence(misuse, command));
        UnmatchedArgumentException.printSuggestions(misuse, err);
        err.println("See " + name + " --help, with an example.");
        return ExitCode.USAGE;
    }

    private static String sentence(ParameterException misuse, CommandLine command) {
        String message = String.valueOf(misuse.getMessage()).replaceFirst("^Error: ", "");
        Matcher word = NO_SUCH_WORD.matcher(message);
        if (word.matches()) {
            return word.group(1) + ": '" + word.group(3) + "' is not known; write "
                    + word.group(2).toLowerCase(Locale.ROOT).replace(", ", " or ");
        }
        Matcher many = TOO_MANY.matcher(message);
        if (many.matches()) {
            return command.getSubcommands().isEmpty()
                    ? "no more arguments are taken: " + many.group(1)
                    : many.group(1) + " is not a command";
        }
        return message.replace("is not an int", "is not a number");
    }
}
