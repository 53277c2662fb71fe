package io.secgroupd.daemon.cli.control;

import io.secgroupd.controlplane.aws.sigv4.AccessKey;
import io.secgroupd.controlplane.aws.sigv4.Right;
import io.secgroupd.controlplane.keys.KeyFile;
import io.secgroupd.daemon.cli.common.CommandFailedException;
import io.secgroupd.daemon.cli.common.ControlFile;
import io.secgroupd.daemon.cli.common.ExitCode;
import io.secgroupd.daemon.cli.common.OutputOptions;
import java.io.IOException;
import java.security.SecureRandom;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Manages the keys by which the control server knows its clients. */
@Command(
        name = "keys",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "(add)",
        description = "Manage the access keys of the control server.",
        footer = "  sudo secgroupd keys add terraform --write")
public final class KeysCommand implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli before anything else runs
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "add?");
    }

    /** What a new key may do. */
    static final class KeyRight {
        @Option(names = "--read", description = "The key may only look.")
        boolean read;

        @Option(names = "--write", description = "The key may look and change.")
        boolean write;
    }

    @Command(
            name = "add",
            mixinStandardHelpOptions = true,
            description = {
                "Make an access key and show it. The file of keys holds the secret too: without it no signature could be verified.",
                "A running control server knows the key at once."
            },
            exitCodeList = "1:the file of keys has errors",
            footer = "  sudo secgroupd keys add terraform --write")
    int add(
            @Parameters(paramLabel = "NAME", description = "Who will use the key, such as terraform.") String name,
            @ArgGroup(multiplicity = "1") KeyRight kind,
            @Mixin ControlFile control,
            @Mixin OutputOptions common) {
        try {
            AccessKey key = KeyFile.add(
                    control.read(common.err()).keys(), name, kind.write ? Right.WRITE : Right.READ, new SecureRandom());
            common.out().println("aws_access_key_id = " + key.id());
            common.out().println("aws_secret_access_key = " + key.secret());
            common.out().flush();
            return ExitCode.DONE;
        } catch (IOException | IllegalArgumentException e) {
            throw new CommandFailedException(ExitCode.FAILED, String.valueOf(e.getMessage()), e);
        }
    }
}
