package io.secgroupd.daemon.hooks;

import io.secgroupd.daemon.netlink.NetlinkSocket;
import io.secgroupd.rules.net.Family;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Runs the netfilter tools: finds them by name and runs them without a shell, with text in and text out, within a time
 * limit. It also knows what the kernel tells of its tables without a tool, because each process costs a start some milliseconds.
 * Only tests of this package can replace the processes by a model of the kernel's tables.
 */
public class CommandRunner {

    /** A held xtables lock or a stuck tool must not block the start or the guard for ever. */
    private static final Duration TIME_LIMIT = Duration.ofSeconds(10);

    /** Where the kernel names the tables of the legacy variant that are loaded, in the namespace of the calling thread. */
    private static final Path LEGACY_TABLES = Path.of("/proc/thread-self/net");

    private final List<Path> directories;
    private final Duration timeLimit;
    private final boolean asksTheKernel;

    CommandRunner(List<Path> directories, Duration timeLimit) {
        this(directories, timeLimit, false);
    }

    private CommandRunner(List<Path> directories, Duration timeLimit, boolean asksTheKernel) {
        this.directories = List.copyOf(directories);
        this.timeLimit = timeLimit;
        this.asksTheKernel = asksTheKernel;
    }

    /**
     * The runner of a daemon, which asks the kernel by netlink what that can tell. A short command would load more for netlink
     * than it spares.
     */
    public static CommandRunner ofTheDaemon() {
        CommandRunner runner = ofThisHost();
        return new CommandRunner(runner.directories, runner.timeLimit, true);
    }

    /** Searches {@code PATH} and then the usual directories: the path of a service or an ordinary user often lacks sbin. */
    public static CommandRunner ofThisHost() {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        List<Path> directories = Stream.concat(Arrays.stream(path.split(":", -1)), Stream.of("/usr/sbin", "/sbin"))
                .filter(directory -> directory.startsWith("/"))
                .map(Path::of)
                .distinct()
                .toList();
        return new CommandRunner(directories, TIME_LIMIT);
    }

    /** Runs a tool that reads no input. */
    public CommandResult run(String tool, String... arguments) throws HooksException {
        return runWithInput("", tool, arguments);
    }

    /** Runs a tool with this text on its standard input. */
    CommandResult runWithInput(String input, String tool, String... arguments) throws HooksException {
        Path program = find(tool).orElseThrow(() -> new HooksException(tool + " is not installed" + packageOf(tool)));
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(List.of(arguments));
        return execute(command, input);
    }

    /** Runs a program by its path. */
    CommandResult execute(List<String> command, String input) throws HooksException {
        try {
            return finish(new ProcessBuilder(command).start(), input, command);
        } catch (IOException | UncheckedIOException e) {
            throw new HooksException("`" + String.join(" ", command) + "` could not be run: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HooksException("interrupted while `" + String.join(" ", command) + "` ran", e);
        }
    }

    private static String packageOf(String tool) {
        if (tool.equals("nft")) {
            return ": install the package nftables";
        }
        return tool.matches("ip6?tables.*") ? ": install the package iptables" : "";
    }

    /** Returns the path of a tool, if it is installed. */
    public Optional<Path> find(String tool) {
        return directories.stream()
                .map(directory -> directory.resolve(tool))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** The tables of nf_tables; empty when they are not told. */
    Optional<KernelTables> tables() {
        if (!asksTheKernel) {
            return Optional.empty();
        }
        try {
            return Optional.of(KernelTables.read(NetlinkSocket::open));
        } catch (IOException unlisted) {
            return Optional.empty();
        }
    }

    /** Reports whether the legacy variant of iptables may hold tables here. */
    boolean mayHoldLegacy(Family family) {
        Path names = LEGACY_TABLES.resolve(family == Family.IPV4 ? "ip_tables_names" : "ip6_tables_names");
        try {
            return !Files.readAllLines(names).isEmpty();
        } catch (NoSuchFileException e) {
            return false; // the kernel has not loaded the legacy variant
        } catch (IOException hidden) {
            return true;
        }
    }

    private CommandResult finish(Process process, String input, List<String> command)
            throws IOException, InterruptedException, HooksException {
        try {
            // Both pipes are drained while the tool runs, because a full pipe would stop it.
            var output = CompletableFuture.supplyAsync(() -> text(process.getInputStream()));
            var errors = CompletableFuture.supplyAsync(() -> text(process.getErrorStream()));
            feed(process, input);
            if (!process.waitFor(timeLimit.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new HooksException("`" + String.join(" ", command) + "` did not end within "
                        + timeLimit.toSeconds() + " s and was killed: does another tool hold its lock?");
            }
            return new CommandResult(command, process.exitValue(), output.join(), errors.join());
        } finally {
            process.destroyForcibly();
        }
    }

    private static void feed(Process process, String input) throws IOException {
        try (OutputStream stdin = process.getOutputStream()) {
            stdin.write(input.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            // A tool that ends without reading closes the pipe; its exit code and error text say more.
            if (process.isAlive() && !"Broken pipe".equals(e.getMessage())) {
                throw e;
            }
        }
    }

    private static String text(InputStream stream) {
        try (stream) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
