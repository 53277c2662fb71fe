package io.secgroupd.controlplane.fleet.host;

import io.secgroupd.controlplane.fleet.feed.HostToken;
import io.secgroupd.controlplane.fleet.feed.SigningKeys;
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
import java.net.URI;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Reads {@code pull.yaml}. Whatever the file contains, the result is settings or problems. */
public final class PullSettingsReader {

    private static final Set<String> KEYS = Set.of(
            "servers",
            "host",
            "token_file",
            "certificate",
            "key",
            "trust",
            "ca",
            "rules",
            "socket",
            "report_addresses");

    private final Path file;
    private final Problems problems = new Problems();

    private PullSettingsReader(Path file) {
        this.file = file;
    }

    /**
     * What a settings file says.
     *
     * @param settings empty when any problem is an error
     */
    public record PullSettingsResult(Optional<PullSettings> settings, List<Problem> problems) {
        public PullSettingsResult {
            problems = List.copyOf(problems);
        }
    }

    /** Reads a file. */
    public static PullSettingsResult read(Path file) {
        var reader = new PullSettingsReader(file);
        Optional<PullSettings> settings = Optional.empty();
        try (InputStream in = FileInput.open(file, YamlDocument.MAX_BYTES)) {
            settings = YamlDocument.parse(file.toString(), in.readAllBytes(), reader.problems)
                    .flatMap(document -> document.fields(KEYS))
                    .flatMap(reader::settings);
        } catch (IOException e) {
            reader.problems.error(new Location(file.toString(), 1, 1), "", FileInput.message(e));
        }
        List<Problem> all = reader.problems.sorted();
        return new PullSettingsResult(settings.filter(read -> !reader.problems.hasErrors()), all);
    }

    private Optional<PullSettings> settings(Fields fields) {
        Optional<List<URI>> servers = fields.required("servers", "[https://control.example.org:9471]")
                .flatMap(value -> each(value, PullSettingsReader::server));
        Optional<String> host = fields.required("host", "web-1").flatMap(PullSettingsReader::host);
        List<PublicKey> trust = fields.optional("trust")
                .flatMap(value -> each(value, PullSettingsReader::key))
                .orElse(List.of());
        Path token = path(fields, "token_file").orElse(PullSettings.TOKEN_FILE);
        Optional<ClientCertificate> certificate = certificate(fields);
        Optional<Path> ca = path(fields, "ca");
        Path rules = path(fields, "rules").orElse(PullSettings.RULES);
        Path socket = path(fields, "socket").orElse(PullSettings.SOCKET);
        boolean reports =
                fields.optional("report_addresses").flatMap(Value::bool).orElse(false);
        return servers.flatMap(all ->
                host.map(name -> new PullSettings(all, name, token, certificate, trust, ca, rules, socket, reports)));
    }

    private Optional<ClientCertificate> certificate(Fields fields) {
        Optional<Path> certificate = path(fields, "certificate");
        Optional<Path> key = path(fields, "key");
        if (fields.has("certificate") != fields.has("key")) {
            fields.map().error("certificate and key are of use only together; write both, or token_file");
        }
        return certificate.flatMap(one -> key.map(other -> new ClientCertificate(one, other)));
    }

    /** All items of a list that are sound; the others are reported. */
    private static <T> Optional<List<T>> each(Value value, Function<Value, Optional<T>> reader) {
        return value.oneOrMore().map(items -> {
            var all = new ArrayList<T>();
            items.forEach(item -> reader.apply(item).ifPresent(all::add));
            return all;
        });
    }

    private static Optional<URI> server(Value value) {
        return value.text().flatMap(text -> {
            Optional<URI> address = ServerAddress.parse(text);
            if (address.isEmpty()) {
                value.error(Quote.of(text) + " is not the address of a control server; write " + ServerAddress.RULE);
            }
            return address;
        });
    }

    private static Optional<String> host(Value value) {
        return value.text().filter(name -> {
            if (!HostToken.isName(name)) {
                value.error(Quote.of(name) + " is not the name of a host; write " + HostToken.NAME_RULE);
            }
            return HostToken.isName(name);
        });
    }

    private static Optional<PublicKey> key(Value value) {
        return value.text().flatMap(text -> {
            try {
                return Optional.of(SigningKeys.publicKey(text));
            } catch (IOException e) {
                value.error("this is no public key of Ed25519; write what openssl pkey -pubout writes");
                return Optional.empty();
            }
        });
    }

    private Optional<Path> path(Fields fields, String key) {
        return fields.optional(key)
                .flatMap(value -> value.text().flatMap(text -> {
                    if (text.isEmpty() || text.indexOf('\0') >= 0) {
                        value.error("write a path, such as /etc/secgroupd/pull.token");
                        return Optional.empty();
                    }
                    return Optional.of(
                            file.toAbsolutePath().resolveSibling(text).normalize());
                }));
    }
}
