package io.secgroupd.daemon.settings;

import io.secgroupd.daemon.settings.DaemonSettings.AdminSettings;
import io.secgroupd.daemon.settings.DaemonSettings.GuardSettings;
import io.secgroupd.daemon.settings.DaemonSettings.HookSettings;
import io.secgroupd.daemon.settings.DaemonSettings.PullSocket;
import io.secgroupd.daemon.settings.DaemonSettings.QueueOptions;
import io.secgroupd.daemon.terms.Existing;
import io.secgroupd.daemon.terms.FailureVerdicts;
import io.secgroupd.daemon.terms.JudgedHooks;
import io.secgroupd.daemon.terms.Mode;
import io.secgroupd.rules.net.PortRange;
import io.secgroupd.rules.text.Location;
import io.secgroupd.rules.text.Problem;
import io.secgroupd.rules.text.Problems;
import io.secgroupd.rules.text.Quote;
import io.secgroupd.rules.yaml.FileInput;
import io.secgroupd.rules.yaml.Value;
import io.secgroupd.rules.yaml.YamlDocument;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Reads {@code daemon.yaml}. For any content, the result is the settings, or every problem with its place. */
public final class SettingsReader {

    /** The limit on the size of the file, in bytes. */
    private static final long MAX_FILE = 1 << 20;

    /** The capacity of {@code sun_path} without its closing NUL. */
    private static final int MAX_SOCKET_PATH = 107;

    private static final int MAX_QUEUE = 65535;
    private static final int MAX_QUEUES = 64;

    private final Path folder;

    private SettingsReader(Path folder) {
        this.folder = folder;
    }

    /** Reads a file that must exist. An empty one means the defaults. */
    public static SettingsResult read(Path file) {
        Problems problems = new Problems();
        Optional<DaemonSettings> settings = Optional.empty();
        try (FileInput input = FileInput.open(file, MAX_FILE)) {
            SettingsReader reader = new SettingsReader(folderOf(file));
            settings = YamlDocument.parse(file.toString(), input.readAllBytes(), problems)
                    .map(reader::settings);
        } catch (IOException e) {
            problems.error(new Location(file.toString(), 1, 1), "", FileInput.message(e));
        }
        return new SettingsResult(settings.filter(read -> !problems.hasErrors()), problems.sorted());
    }

    /** Reads the file, or returns the defaults when it does not exist. A dangling link is a problem. */
    public static SettingsResult readIfPresent(Path file) {
        return Files.exists(file, LinkOption.NOFOLLOW_LINKS)
                ? read(file)
                : new SettingsResult(Optional.of(DaemonSettings.DEFAULT), List.of());
    }

    private static Path folderOf(Path file) {
        Path parent = file.toAbsolutePath().getParent();
        return parent != null ? parent : Path.of("/");
    }

    private DaemonSettings settings(Value document) {
        DaemonSettings or = DaemonSettings.DEFAULT;
        if (document.isNull()) {
            return or;
        }
        Section all = Section.of(
                document,
                "rules",
                "carry",
                "host_instance",
                "mode",
                "hooks",
                "queue",
                "on",
                "pickup",
                "refuse",
                "cache",
                "established",
                "mark",
                "flow_log",
                "admin",
                "control",
                "pull",
                "metrics",
                "monitor",
                "rules_rights");
        Mode mode = all.read("mode", or.mode());
        return new DaemonSettings(
                all.read("rules", or.rules(), this::path),
                all.readUnlessAuto("carry", SettingsReader::names),
                all.readUnlessAuto("host_instance", Value::label),
                mode,
                hooks(all, mode),
                queue(all.section("queue", "first", "count", "length", "copy_bytes", "receive_buffer")),
                failures(all.section("on", "no_listener", "queue_full", "undecodable", "internal_error", "stop")),
                all.read("pickup", or.pickup()),
                all.read("refuse", or.refuse()),
                all.read("cache", or.cache()),
                all.read("established", or.established(), SettingsReader::established),
                all.read("mark", or.mark(), Units::bit),
                flowLog(all.section(
                        "flow_log", "path", "format", "accept", "reject", "aggregate", "rotate", "keep", "units")),
                admin(all.section("admin", "socket", "group")),
                control(all.section("control", "socket", "group", "ports")),
                pull(all.section("pull", "socket", "group")),
                all.section("metrics", "listen").readUnlessNull("listen", SettingValues::endpoint),
                monitor(all.section("monitor", "interfaces", "first_packets")),
                all.read("rules_rights", or.rulesRights()));
    }

    /** Reads keep or cut. A report is no setting: whoever makes a change asks for it, for that change alone. */
    private static Optional<Existing> established(Value value) {
        return SettingValues.oneOf(List.of(Existing.KEEP, Existing.CUT), value);
    }

    private static HookSettings hooks(Section all, Mode mode) {
        HookSettings or = HookSettings.DEFAULT;
        Section hooks = all.section("hooks", "backend", "input", "output", "forward");
        HookSettings read = new HookSettings(
                hooks.read("backend", or.backend()),
                new JudgedHooks(
                        hooks.read("input", or.judged().input()),
                        hooks.read("output", or.judged().output()),
                        hooks.read("forward", or.judged().forward())));
        if (mode != Mode.MONITOR && read.judged().isEmpty()) {
            all.value("hooks")
                    .ifPresent(at -> at.error(
                            "no packet would be judged; turn on input, output or forward, or write mode: monitor"));
        }
        return read;
    }

    private static QueueOptions queue(Section queue) {
        QueueOptions or = QueueOptions.DEFAULT;
        int first = queue.read("first", or.first(), 0, MAX_QUEUE - 1);
        Optional<Integer> count = queue.readUnlessAuto(
                "count", value -> Section.integer(value, 1, Math.min(MAX_QUEUES, MAX_QUEUE - first)));
        return new QueueOptions(
                first,
                count.map(OptionalInt::of).orElse(or.count()),
                queue.read("length", or.length(), 1, 1_000_000),
                queue.read("copy_bytes", or.copyBytes(), 128, 65_531),
                queue.read("receive_buffer", (long) or.receiveBuffer(), value -> Units.size(value, 64 << 10, 1 << 30))
                        .intValue());
    }

    private static FailureVerdicts failures(Section on) {
        FailureVerdicts or = FailureVerdicts.CLOSED;
        return new FailureVerdicts(
                on.read("no_listener", or.noListener()),
                on.read("queue_full", or.queueFull()),
                on.read("undecodable", or.undecodable()),
                on.read("internal_error", or.internalError()),
                on.read("stop", or.stop()));
    }

    private FlowLogSettings flowLog(Section log) {
        FlowLogSettings or = FlowLogSettings.DEFAULT;
        return new FlowLogSettings(
                log.read("path", or.path(), this::path),
                log.read("format", or.format()),
                log.read("accept", or.accept()),
                log.read("reject", or.reject()),
                log.read(
                        "aggregate",
                        or.aggregate(),
                        value -> Units.duration(value, Duration.ZERO, Duration.ofHours(1))),
                log.read("rotate", or.rotate(), value -> Units.size(value, 64 << 10, 1L << 50)),
                log.read("keep", or.keep(), 0, 1000),
                log.read("units", or.units()));
    }

    private AdminSettings admin(Section admin) {
        AdminSettings or = AdminSettings.DEFAULT;
        return new AdminSettings(
                admin.read("socket", or.socket(), this::socket), admin.read("group", or.group(), Value::label));
    }

    private GuardSettings control(Section control) {
        GuardSettings or = GuardSettings.DEFAULT;
        return new GuardSettings(
                control.readUnlessAuto("socket", this::socket),
                control.read("group", or.group(), Value::label),
                control.read("ports", or.ports(), SettingsReader::ports));
    }

    private PullSocket pull(Section pull) {
        return new PullSocket(
                pull.readUnlessAuto("socket", this::socket),
                pull.read("group", PullSocket.DEFAULT.group(), Value::label));
    }

    private static Optional<List<Integer>> ports(Value value) {
        return value.oneOrMore()
                .map(items -> items.stream()
                        .flatMap(item -> Section.integer(item, 1, PortRange.MAX_PORT).stream())
                        .toList());
    }

    private static MonitorOptions monitor(Section monitor) {
        return new MonitorOptions(
                monitor.readUnlessAuto("interfaces", SettingsReader::names),
                monitor.read("first_packets", MonitorOptions.DEFAULT.firstPackets()));
    }

    private Optional<Path> path(Value value) {
        return SettingValues.path(value, folder);
    }

    private Optional<Path> socket(Value value) {
        return path(value).filter(path -> {
            int length = path.toString().getBytes(StandardCharsets.UTF_8).length;
            if (length > MAX_SOCKET_PATH) {
                value.error(Quote.of(path.toString()) + " has " + length + " bytes; a socket's path has at most "
                        + MAX_SOCKET_PATH);
            }
            return length <= MAX_SOCKET_PATH;
        });
    }

    private static Optional<List<String>> names(Value value) {
        return value.oneOrMore()
                .map(items ->
                        items.stream().flatMap(item -> item.label().stream()).toList());
    }

    /**
     * The result of reading a settings file.
     *
     * @param settings empty when any problem is an error
     * @param problems the problems, ordered by place
     */
    public record SettingsResult(Optional<DaemonSettings> settings, List<Problem> problems) {

        public SettingsResult {
            problems = List.copyOf(problems);
        }
    }
}
