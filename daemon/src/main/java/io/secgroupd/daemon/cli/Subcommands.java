package io.secgroupd.daemon.cli;

import static java.util.Map.entry;

import io.secgroupd.daemon.cli.control.ConsoleCommand;
import io.secgroupd.daemon.cli.control.KeysCommand;
import io.secgroupd.daemon.cli.control.ServeCommand;
import io.secgroupd.daemon.cli.fleet.FleetCommand;
import io.secgroupd.daemon.cli.fleet.PullCommand;
import io.secgroupd.daemon.cli.logs.LogsCommand;
import io.secgroupd.daemon.cli.policy.CheckCommand;
import io.secgroupd.daemon.cli.policy.DiffCommand;
import io.secgroupd.daemon.cli.policy.ExplainCommand;
import io.secgroupd.daemon.cli.policy.ReplayCommand;
import io.secgroupd.daemon.cli.running.ApplyCommand;
import io.secgroupd.daemon.cli.running.ConfirmCommand;
import io.secgroupd.daemon.cli.running.OpenCommand;
import io.secgroupd.daemon.cli.running.ReloadCommand;
import io.secgroupd.daemon.cli.running.RollbackCommand;
import io.secgroupd.daemon.cli.running.ShadowCommand;
import io.secgroupd.daemon.cli.running.StatusCommand;
import io.secgroupd.daemon.cli.usage.SuggestCommand;
import io.secgroupd.daemon.cli.usage.TightenCommand;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.IModelTransformer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/**
 * Adds commands to the program: all, or only the one that the arguments begin with. Picocli's reflection over all of
 * them takes longer than a short command does.
 */
final class Subcommands implements IModelTransformer {

    private static final String COMPLETION = "completion";

    /** The commands in the order of the help. */
    private static final List<Map.Entry<String, Class<?>>> BY_NAME = List.of(
            entry("run", RunCommand.class),
            entry("status", StatusCommand.class),
            entry("logs", LogsCommand.class),
            entry("reload", ReloadCommand.class),
            entry("apply", ApplyCommand.class),
            entry("confirm", ConfirmCommand.class),
            entry("rollback", RollbackCommand.class),
            entry("shadow", ShadowCommand.class),
            entry("open", OpenCommand.class),
            entry("check", CheckCommand.class),
            entry("explain", ExplainCommand.class),
            entry("diff", DiffCommand.class),
            entry("replay", ReplayCommand.class),
            entry("suggest", SuggestCommand.class),
            entry("tighten", TightenCommand.class),
            entry("serve", ServeCommand.class),
            entry("console", ConsoleCommand.class),
            entry("pull", PullCommand.class),
            entry("keys", KeysCommand.class),
            entry("fleet", FleetCommand.class),
            entry("ruleset", RulesetCommand.class),
            entry("hooks", HooksCommand.class),
            entry("doctor", DoctorCommand.class),
            entry(COMPLETION, CompletionCommand.class),
            entry("complete", CompleteCommand.class));

    /** The command named first; all when there is none, for help and suggestions, and for the completion script. */
    static Collection<Class<?>> meantBy(String... args) {
        String first = args.length == 0 ? "" : args[0];
        for (var command : BY_NAME) {
            if (command.getKey().equals(first) && !first.equals(COMPLETION)) {
                return List.of(command.getValue());
            }
        }
        return BY_NAME.stream().<Class<?>>map(Map.Entry::getValue).toList();
    }

    @Override
    public CommandSpec transform(CommandSpec program) {
        if (program.userObject() instanceof Secgroupd secgroupd) {
            secgroupd.subcommands().forEach(command -> program.addSubcommand(null, new CommandLine(command)));
        }
        InheritedHelp.giveTo(program);
        return program;
    }

    /** Gives every command the program's exit codes, keeping a command's own description of a code. */
    static final class InheritedHelp {

        static final String EXAMPLE = "%nExample:%n";

        private InheritedHelp() {}

        static void giveTo(CommandSpec program) {
            inherit(program, program.usageMessage());
        }

        private static void inherit(CommandSpec command, UsageMessageSpec program) {
            for (CommandLine sub : command.subcommands().values()) {
                UsageMessageSpec help = sub.getCommandSpec().usageMessage();
                Map<String, String> codes = new LinkedHashMap<>(program.exitCodeList());
                codes.putAll(help.exitCodeList());
                help.exitCodeListHeading(program.exitCodeListHeading()).exitCodeList(codes);
                if (!help.footerHeading().isEmpty() || help.footer().length > 0) {
                    help.footerHeading(EXAMPLE);
                }
                inherit(sub.getCommandSpec(), program);
            }
        }
    }
}
