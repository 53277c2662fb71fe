package io.secgroupd.daemon.cli;

import io.secgroupd.daemon.hooks.Backend;
import io.secgroupd.daemon.hooks.CommandRunner;
import io.secgroupd.daemon.hooks.Hook;
import io.secgroupd.daemon.hooks.HookCount;
import io.secgroupd.daemon.hooks.Hooks;
import io.secgroupd.daemon.hooks.HooksException;
import io.secgroupd.daemon.settings.DaemonSettings;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The netfilter skeleton by hand: the daemon installs it by itself. */
@Command(
        name = "hooks",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "(install | check | remove)",
        description = "Install, check or remove the netfilter skeleton by hand.")
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
            description = "Install it. Without a running daemon, new connections are refused from then on.")
    int install(@Mixin CommonOptions common, @Option(names = "--backend") @Nullable Backend backend) {
        return act(common, backend, (wanted, settings) -> {
            Hooks.Installed installed = hooks.install(wanted, SettingsMapping.skeleton(settings));
            out().println("installed with " + installed.version());
            return ExitCode.DONE;
        });
    }

    @Command(name = "check", mixinStandardHelpOptions = true, description = "Say what differs from what it should be.")
    int check(@Mixin CommonOptions common, @Option(names = "--backend") @Nullable Backend backend) {
        return act(common, backend, (wanted, settings) -> {
            List<String> differences = hooks.check(wanted, SettingsMapping.skeleton(settings));
            differences.forEach(out()::println);
            if (differences.isEmpty()) {
                out().println("in place");
                counts(wanted, settings).forEach(out()::println);
            }
            return differences.isEmpty() ? ExitCode.DONE : ExitCode.NO;
        });
    }

    @Command(name = "remove", mixinStandardHelpOptions = true, description = "Remove it: nothing is judged any more.")
    int remove(@Mixin CommonOptions common, @Option(names = "--backend") @Nullable Backend backend) {
        return act(common, backend, (wanted, settings) -> {
            hooks.remove(wanted);
            out().println("removed: new connections are no longer judged");
            return ExitCode.DONE;
        });
    }

    /** One line a hook, with what the kernel counted since the skeleton was put in place. */
    private List<String> counts(Backend wanted, DaemonSettings settings) throws HooksException {
        Map<Hook, List<String>> lines = new TreeMap<>();
        for (HookCount count : hooks.counts(wanted, SettingsMapping.skeleton(settings))) {
            lines.computeIfAbsent(count.hook(), hook -> new ArrayList<>())
                    .add(count.step().word() + " " + count.packets());
        }
        return lines.entrySet().stream()
                .map(line ->
                        String.format(Locale.ROOT, "%-8s %s", line.getKey().nft(), String.join(", ", line.getValue())))
                .toList();
    }

    /** Something done to the skeleton. */
    @FunctionalInterface
    private interface Act {
        int on(Backend wanted, DaemonSettings settings) throws HooksException;
    }

    private int act(CommonOptions common, @Nullable Backend backend, Act act) {
        DaemonSettings settings = SettingsFile.read(common, spec.commandLine().getErr());
        Backend wanted = backend != null ? backend : settings.hooks().backend();
        try {
            return act.on(wanted, settings);
        } catch (HooksException e) {
            throw new CommandFailedException(ExitCode.FAILED, String.valueOf(e.getMessage()), e);
        } finally {
            out().flush();
        }
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
