package io.secgroupd.daemon.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The completion script of a shell: fixed text around tables of the commands and their options. Only names from the
 * rules file need a start of the program.
 */
final class CompletionScript {

    private static final String FILES = ":files";

    private final List<String> steps = new ArrayList<>();
    private final List<String> values = new ArrayList<>();
    private final List<String> words = new ArrayList<>();

    private CompletionScript(CommandSpec program) {
        add("", program);
    }

    /** @param shell {@code bash} or {@code zsh} */
    static String of(CommandSpec program, String shell) {
        var tables = new CompletionScript(program);
        return (shell.equals("zsh") ? "#compdef secgroupd\n" : "")
                + text("candidates.sh")
                        .replace("@STEPS@", String.join(" | \\\n            ", tables.steps))
                        .replace("@VALUES@", String.join("\n", tables.values))
                        .replace("@WORDS@", String.join("\n", tables.words))
                + text("wrapper." + shell);
    }

    private static String text(String name) {
        try (InputStream in = CompletionScript.class.getResourceAsStream("completion/" + name)) {
            return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void add(String path, CommandSpec command) {
        for (OptionSpec option : command.options()) {
            if (option.arity().max() > 0) {
                String pattern = Arrays.stream(option.names())
                        .map(name -> quoted(path + ":" + name))
                        .collect(Collectors.joining(" | "));
                values.add("    " + pattern + ") " + value(option) + " ;;");
            }
        }
        List<CommandLine> commands = command.subcommands().values().stream()
                .filter(sub -> !sub.getCommandSpec().usageMessage().hidden())
                .toList();
        words.add("    " + quoted(path + ":") + "-*) " + print(options(command)) + " ;;");
        words.add("    " + quoted(path + ":") + "*) " + operands(command, commands) + " ;;");
        for (CommandLine sub : commands) {
            String name = sub.getCommandName();
            steps.add(quoted(path + ":" + name));
            add(path.isEmpty() ? name : path + " " + name, sub.getCommandSpec());
        }
    }

    private static String operands(CommandSpec command, List<CommandLine> commands) {
        if (!commands.isEmpty()) {
            return print(commands.stream().map(CommandLine::getCommandName).toList());
        }
        return command.positionalParameters().isEmpty()
                ? print(options(command))
                : value(command.positionalParameters().get(0));
    }

    private static List<String> options(CommandSpec command) {
        return command.options().stream()
                .filter(option -> !option.hidden())
                .flatMap(option -> Stream.of(option.names()))
                .filter(name -> name.startsWith("--"))
                .toList();
    }

    /** The command that prints the values of an option or operand. */
    private static String value(ArgSpec argument) {
        Class<?> type = argument.auxiliaryTypes()[0];
        if (type == Path.class) {
            return print(List.of(FILES));
        }
        if (type.isEnum()) {
            return print(Arrays.stream(type.getEnumConstants())
                    .map(constant -> constant.toString().toLowerCase(Locale.ROOT))
                    .toList());
        }
        String name = argument instanceof OptionSpec option ? option.longestName() : "";
        return PolicyNames.NameKind.of(name)
                .map(kind -> "__secgroupd_names " + kind.word())
                .orElseGet(() -> name.equals("--protocol") ? print(List.of("tcp", "udp", "icmp", "icmpv6")) : ":");
    }

    private static String print(Collection<String> words) {
        return "printf '%s\\n' " + String.join(" ", words);
    }

    private static String quoted(String pattern) {
        return "'" + pattern + "'";
    }
}
