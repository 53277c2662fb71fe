package io.secgroupd.daemon.cli.control;

import io.secgroupd.controlplane.aws.sigv4.AccessKey;
import io.secgroupd.controlplane.aws.sigv4.Right;
import io.secgroupd.controlplane.console.ConsoleAddress;
import io.secgroupd.controlplane.console.session.EntryCode;
import io.secgroupd.controlplane.keys.KeyFile;
import io.secgroupd.controlplane.keys.KeyRead;
import io.secgroupd.controlplane.server.ControlSettings;
import io.secgroupd.daemon.cli.common.CommandFailedException;
import io.secgroupd.daemon.cli.common.ControlFile;
import io.secgroupd.daemon.cli.common.ExitCode;
import io.secgroupd.daemon.cli.common.JsonOutput;
import io.secgroupd.daemon.cli.common.Operator;
import io.secgroupd.daemon.cli.common.OutputOptions;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lets a person into the console. The control server need not be asked: both read the same file of keys. */
@Command(
        name = "console",
        mixinStandardHelpOptions = true,
        description = {
            "Print an address of the console for a browser, good once.",
            "It is good for two minutes. The session that begins with it ends after a while without use, when the person leaves, or when its key"
                    + " is taken out of the file of keys."
        },
        exitCodeList = "1:no console is served by these settings, or there is no key for it",
        footer = "  sudo secgroupd console")
public final class ConsoleCommand implements Callable<Integer> {

    @Option(names = "--read-only", description = "The session may only look.")
    private boolean readOnly;

    @Option(
            names = "--key",
            paramLabel = "NAME",
            description = "The access key that the session hangs on (the first that may write).")
    @Nullable
    private String keyName;

    @Option(names = "--open", description = "Open the address in the browser of who runs this command, too.")
    private boolean open;

    @Mixin
    private final OutputOptions common = new OutputOptions();

    @Mixin
    private final ControlFile control = new ControlFile();

    @Override
    public Integer call() {
        ControlSettings settings = control.read(common.err());
        if (!settings.console().isServedBy(settings.http())) {
            throw new CommandFailedException(
                    ExitCode.NO,
                    "these settings serve no console: write console: { enabled: true } into control.yaml,"
                            + " and restart the control server");
        }
        EntryCode code = code(KeyFile.read(settings.keys()));
        String address = ConsoleAddress.of(settings.http(), code);
        print(address, code);
        if (open) {
            open(address);
        }
        return ExitCode.DONE;
    }

    private void print(String address, EntryCode code) {
        if (common.json()) {
            JsonOutput.print(common.out(), json -> {
                json.writeStartObject();
                json.writeStringField("address", address);
                json.writeStringField(
                        "expires", code.until().truncatedTo(ChronoUnit.SECONDS).toString());
                json.writeStringField("right", code.right().name().toLowerCase(Locale.ROOT));
                json.writeEndObject();
            });
        } else {
            common.out().println(address);
            common.out().flush();
        }
    }

    private EntryCode code(KeyRead keys) {
        keys.problems().forEach(common.err()::println);
        if (!keys.problems().isEmpty()) {
            throw new CommandFailedException(ExitCode.FAILED, "the keys cannot be used; nothing was done");
        }
        AccessKey key = keys.keys().stream().filter(this::isMeant).findFirst().orElseThrow(this::noKey);
        String who = Operator.name().orElseGet(() -> System.getProperty("user.name", ""));
        return EntryCode.make(key, readOnly ? Right.READ : Right.WRITE, who, Instant.now(), new SecureRandom());
    }

    private boolean isMeant(AccessKey key) {
        boolean suffices = readOnly || key.right() == Right.WRITE;
        return suffices && (keyName == null || key.name().equals(keyName));
    }

    private CommandFailedException noKey() {
        String which = Optional.ofNullable(keyName)
                .map(name -> "no key of this name that may write")
                .orElse("no key that may write");
        return new CommandFailedException(
                ExitCode.NO, "there is " + which + ": let keys add make one, or take --read-only");
    }

    private void open(String address) {
        try {
            UserBrowser.open(address);
        } catch (IOException e) {
            common.err().println("no browser was opened: " + e.getMessage());
        }
    }
}
