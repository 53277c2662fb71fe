package io.secgroupd.daemon.cli.fleet;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Looks after a fleet. */
@Command(
        name = "fleet",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "(status | publish | halt | resume | rollback | history | diff | enrol | dismiss)",
        description = {
            "Take a policy step by step to the hosts of the control servers.",
            "It looks after these hosts too. It is run where a control server runs, or where its settings are, and works on the same store."
        },
        subcommands = {
            FleetStatusCommand.class,
            FleetPublishCommand.class,
            FleetHaltCommand.class,
            FleetResumeCommand.class,
            FleetRollbackCommand.class,
            FleetHistoryCommand.class,
            FleetDiffCommand.class,
            FleetEnrolCommand.class,
            FleetDismissCommand.class
        },
        footer = {"  sudo secgroupd fleet publish rules.yaml -m \"close port 25\"", "  sudo secgroupd fleet status"})
public final class FleetCommand implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli before anything else runs
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "status, publish, halt, resume, rollback, history, diff, enrol or dismiss?");
    }
}
