package io.secgroupd.daemon.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** Gives every command the exit codes of the program, with its own words for those that it lists itself. */
final class InheritedHelp {

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
