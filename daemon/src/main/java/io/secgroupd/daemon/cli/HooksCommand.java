package io.secgroupd.daemon.cli;

import io.secgroupd.daemon.cli.common.CommandFailedException;
import io.secgroupd.daemon.cli.common.CommonOptions;
import io.secgroupd.daemon.cli.common.ExitCode;
import io.secgroupd.daemon.cli.common.SettingsFile;
import io.secgroupd.daemon.doctor.ProcessRights;
import io.secgroupd.daemon.hooks.CommandRunner;
import io.secgroupd.daemon.hooks.Hooks;
import io.secgroupd.daemon.hooks.Hooks.HookCount;
import io.secgroupd.daemon.hooks.HooksException;
import io.secgroupd.daemon.service.SettingsMapping;
import io.secgroupd.daemon.settings.DaemonSettings;
import io.secgroupd.daemon.terms.Backend;
import io.secgroupd.daemon.terms.Mode;
import io.secgroupd.rules.net.Hook;
import io.secgroupd.rules.text.Printable;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Manages the netfilter skeleton by hand; normally the daemon installs it. */
@Command(
        name = "hooks",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "(install | check | remove)",
        description = {
            "Install, check or remove the netfilter skeleton by hand.",
            "Needs CAP_NET_ADMIN. The daemon installs it when it starts, and restores it when another program removes it."
        },
        exitCodeList = "1:check: something differs",
        footer = "  sudo secgroupd hooks check")
final class HooksCommand implements Runnable {

    private final Hooks hooks = new Hooks(CommandRunner.ofThisHost());

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli before anything else runs
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "install, check or remove?");
    }

    @Command(
            name = "install",
            mixinStandardHelpOptions = true,
            description = {
                "Install it. Without a running daemon, new connections are refused from then on.",
                "With mode: observe they pass; with mode: monitor nothing is installed, and an installed skeleton is removed."
            },
            footer = "  sudo secgroupd hooks install")
    int install(@Mixin CommonOptions common, @Mixin BackendOption backend) {
        return act(common, backend.backend, (wanted, settings) -> {
            if (settings.mode() == Mode.MONITOR) {
                hooks.remove(Backend.AUTO);
                out().println("nothing is installed: mode monitor leaves every packet alone");
                return ExitCode.DONE;
            }
            Hooks.Installed installed = hooks.install(wanted, SettingsMapping.skeleton(settings));
            out().println("installed with " + installed.version());
            return ExitCode.DONE;
        });
    }

    @Command(
            name = "check",
            mixinStandardHelpOptions = true,
            description = "Say what differs from what it should be.",
            exitCodeList = {"0:in place", "1:something differs"},
            footer = "  sudo secgroupd hooks check")
    int check(@Mixin CommonOptions common, @Mixin BackendOption backend) {
        return act(common, backend.backend, (wanted, settings) -> {
            if (settings.mode() == Mode.MONITOR) {
                return checkThatNoneStands();
            }
            List<String> differences = hooks.check(wanted, SettingsMapping.skeleton(settings));
            differences.forEach(difference -> out().println(Printable.shown(difference)));
            if (differences.isEmpty()) {
                out().println("in place");
                counts(wanted, settings).forEach(out()::println);
            }
            return differences.isEmpty() ? ExitCode.DONE : ExitCode.NO;
        });
    }

    private int checkThatNoneStands() {
        Optional<Backend> standing = hooks.standing();
        out().println(
                        standing.isEmpty()
                                ? "no hooks are installed, as mode monitor requires"
                                : "mode monitor judges no packet, but hooks are installed and refuse new connections: secgroupd hooks remove");
        return standing.isEmpty() ? ExitCode.DONE : ExitCode.NO;
    }

    @Command(
            name = "remove",
            mixinStandardHelpOptions = true,
            description = {
                "Remove it: nothing is judged any more, and this host is open.",
                "A running daemon puts it back within a second: stop it first."
            },
            footer = "  sudo systemctl stop secgroupd && sudo secgroupd hooks remove")
    int remove(@Mixin CommonOptions common, @Mixin BackendOption backend) {
        return act(common, backend.backend, (wanted, settings) -> {
            hooks.remove(wanted);
            out().println("removed: new connections are no longer judged");
            return ExitCode.DONE;
        });
    }

    /** Prints one line for each hook, with the kernel's counts since the skeleton was installed. */
    private List<String> counts(Backend wanted, DaemonSettings settings) throws HooksException {
        Map<Hook, List<String>> lines = new TreeMap<>();
        for (HookCount count : hooks.counts(wanted, SettingsMapping.skeleton(settings))) {
            lines.computeIfAbsent(count.hook(), hook -> new ArrayList<>())
                    .add(count.step().word() + " " + count.packets());
        }
        return lines.entrySet().stream()
                .map(line ->
                        String.format(Locale.ROOT, "%-8s %s", line.getKey().word(), String.join(", ", line.getValue())))
                .toList();
    }

    /** An operation on the skeleton. */
    @FunctionalInterface
    private interface Act {
        int on(Backend wanted, DaemonSettings settings) throws HooksException;
    }

    private int act(CommonOptions common, @Nullable Backend backend, Act act) {
        requireNetAdmin();
        DaemonSettings settings =
                SettingsFile.read(common.config, spec.commandLine().getErr());
        Backend wanted = backend != null ? backend : settings.hooks().backend();
        try {
            return act.on(wanted, settings);
        } catch (HooksException e) {
            throw new CommandFailedException(ExitCode.FAILED, String.valueOf(e.getMessage()), e);
        } finally {
            out().flush();
        }
    }

    /** Requires CAP_NET_ADMIN, without which the tools show nothing, as if no hooks existed. */
    private static void requireNetAdmin() {
        if (!ProcessRights.ofThisProcess().map(ProcessRights::netAdmin).orElse(true)) {
            throw new CommandFailedException(
                    ExitCode.FAILED, "the hooks need CAP_NET_ADMIN; run it as root: sudo secgroupd hooks ...");
        }
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }

    /** The backend of the skeleton, when it is not the one in the settings. */
    static final class BackendOption {

        @Option(
                names = "--backend",
                paramLabel = "BACKEND",
                description = "auto, nft or iptables (hooks.backend of daemon.yaml).")
        @Nullable
        Backend backend;
    }
}
