package io.secgroupd.controlplane.server;

import io.secgroupd.controlplane.aws.operation.AwsAccount;
import io.secgroupd.controlplane.console.ConsoleSettings;
import io.secgroupd.controlplane.fleet.rollout.RolloutSettings;
import io.secgroupd.controlplane.fleet.server.FleetSettings;
import io.secgroupd.controlplane.http.HttpServerSettings;
import io.secgroupd.controlplane.http.Tls;
import io.secgroupd.controlplane.server.StoreSettings.InDirectory;
import io.secgroupd.rules.net.AddressSyntaxException;
import io.secgroupd.rules.net.AddressText;
import io.secgroupd.rules.net.PortRange;
import io.secgroupd.rules.text.Location;
import io.secgroupd.rules.text.Problem;
import io.secgroupd.rules.text.Problems;
import io.secgroupd.rules.text.Quote;
import io.secgroupd.rules.yaml.Fields;
import io.secgroupd.rules.yaml.FileInput;
import io.secgroupd.rules.yaml.Value;
import io.secgroupd.rules.yaml.YamlDocument;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;

/** Reads {@code control.yaml}. Whatever the file contains, the result is settings or problems. */
public final class ControlSettingsReader {

    private static final Set<String> KEYS = Set.of(
            "listen",
            "hosts",
            "tls",
            "store",
            "keys",
            "account",
            "region",
            "sign_with",
            "rollout",
            "connections",
            "console");
    private static final String RULES = "rules.yaml";

    private final Path file;
    private final Problems problems = new Problems();

    private ControlSettingsReader(Path file) {
        this.file = file;
    }

    /**
     * What a settings file says.
     *
     * @param settings empty when any problem is an error
     */
    public record ControlSettingsResult(Optional<ControlSettings> settings, List<Problem> problems) {
        public ControlSettingsResult {
            problems = List.copyOf(problems);
        }
    }

    /** Reads a file. */
    public static ControlSettingsResult read(Path file) {
        var reader = new ControlSettingsReader(file);
        Optional<ControlSettings> settings = Optional.empty();
        try {
            byte[] bytes = bytes(file);
            settings = YamlDocument.parse(file.toString(), bytes, reader.problems)
                    .flatMap(document -> document.isNull()
                            ? Optional.of(ControlSettings.DEFAULT)
                            : document.fields(KEYS).flatMap(reader::settings));
        } catch (IOException e) {
            reader.problems.error(new Location(file.toString(), 1, 1), "", FileInput.message(e));
        }
        List<Problem> all = reader.problems.sorted();
        return new ControlSettingsResult(settings.filter(read -> !reader.problems.hasErrors()), all);
    }

    private static byte[] bytes(Path file) throws IOException {
        try (InputStream in = FileInput.open(file, YamlDocument.MAX_BYTES)) {
            return in.readAllBytes();
        }
    }

    private Optional<ControlSettings> settings(Fields fields) {
        ControlSettings or = ControlSettings.DEFAULT;
        InetSocketAddress listen = read(fields, "listen", ControlSettingsReader::endpoint)
                .orElse(or.http().listen());
        List<String> hosts =
                read(fields, "hosts", ControlSettingsReader::labels).orElse(List.of());
        Optional<Tls> tls = read(fields, "tls", this::tls);
        StoreSettings store = read(fields, "store", this::store).orElse(or.store());
        Path keys = read(fields, "keys", this::path).orElse(or.keys());
        String id = read(fields, "account", Value::text).orElse(or.account().id());
        String region = read(fields, "region", Value::text).orElse(or.account().region());
        FleetSettings fleet = fleet(fields, or.fleet());
        ConsoleSettings console =
                read(fields, "console", ConsoleSettingsReader::read).orElse(or.console());
        try {
            return Optional.of(new ControlSettings(
                    new HttpServerSettings(listen, tls, hosts),
                    store,
                    keys,
                    new AwsAccount(id, region, or.account().vpc()),
                    fleet,
                    console));
        } catch (IllegalArgumentException e) {
            fields.map().error(String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    private FleetSettings fleet(Fields fields, FleetSettings or) {
        Optional<Path> signWith = read(fields, "sign_with", this::path);
        RolloutSettings rollout =
                read(fields, "rollout", RolloutSettingsReader::read).orElse(or.rollout());
        int connections =
                read(fields, "connections", ControlSettingsReader::connections).orElse(or.connections());
        return new FleetSettings(signWith, rollout, connections);
    }

    private static Optional<Integer> connections(Value value) {
        OptionalInt number = value.integer(1, FleetSettings.MOST_CONNECTIONS);
        return number.isPresent() ? Optional.of(number.getAsInt()) : Optional.empty();
    }

    private static <T> Optional<T> read(Fields fields, String key, Function<Value, Optional<T>> reader) {
        return fields.optional(key).flatMap(reader);
    }

    private static Optional<List<String>> labels(Value value) {
        return value.oneOrMore()
                .map(items ->
                        items.stream().flatMap(item -> item.label().stream()).toList());
    }

    private Optional<Tls> tls(Value value) {
        return value.fields(Set.of("certificate", "key", "client_ca")).flatMap(fields -> {
            Optional<Path> certificate =
                    fields.required("certificate", "/etc/secgroupd/tls.crt").flatMap(this::path);
            Optional<Path> key =
                    fields.required("key", "/etc/secgroupd/tls.key").flatMap(this::path);
            Optional<Path> clientCa = read(fields, "client_ca", this::path);
            return certificate.flatMap(one -> key.map(other -> new Tls(one, other, clientCa)));
        });
    }

    private Optional<StoreSettings> store(Value value) {
        return value.fields(Set.of("directory", "etcd")).flatMap(fields -> {
            if (fields.has("directory") && fields.has("etcd")) {
                value.error("write directory or etcd, not both");
                return Optional.empty();
            }
            return fields.has("etcd")
                    ? fields.optional("etcd").flatMap(new EtcdSettingsReader(this::path)::read)
                    : fields.required("directory", "/etc/secgroupd")
                            .flatMap(this::path)
                            .map(directory -> new InDirectory(directory.resolve(RULES)));
        });
    }

    private Optional<Path> path(Value value) {
        return value.text().flatMap(text -> {
            if (text.isEmpty() || text.indexOf('\0') >= 0) {
                value.error("write a path, such as /etc/secgroupd/keys.yaml");
                return Optional.empty();
            }
            return Optional.of(file.toAbsolutePath().resolveSibling(text).normalize());
        });
    }

    /** Names are not accepted, because nothing is looked up. */
    private static Optional<InetSocketAddress> endpoint(Value value) {
        return value.text().flatMap(text -> {
            int colon = text.lastIndexOf(':');
            Optional<PortRange> port =
                    PortRange.parse(text.substring(colon + 1)).filter(range -> range.first() == range.last());
            String host = colon < 0 ? "" : text.substring(0, colon);
            boolean bracketed = host.startsWith("[") && host.endsWith("]");
            try {
                if (port.isPresent() && (bracketed || !host.contains(":"))) {
                    byte[] address = AddressText.parseAddress(bracketed ? host.substring(1, host.length() - 1) : host)
                            .toBytes();
                    return Optional.of(new InetSocketAddress(
                            InetAddress.getByAddress(address), port.get().first()));
                }
            } catch (AddressSyntaxException | IOException e) {
                // The error is reported below.
            }
            value.error(Quote.of(text) + " is not an address with a port; write 127.0.0.1:" + ControlSettings.PORT);
            return Optional.empty();
        });
    }
}
