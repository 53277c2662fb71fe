package io.secgroupd.controlplane.server;

import io.secgroupd.controlplane.server.StoreSettings.InEtcd;
import io.secgroupd.controlplane.store.etcd.EtcdSettings;
import io.secgroupd.controlplane.store.etcd.EtcdSettings.ClientCertificate;
import io.secgroupd.controlplane.store.etcd.EtcdSettings.Login;
import io.secgroupd.rules.text.Quote;
import io.secgroupd.rules.yaml.Fields;
import io.secgroupd.rules.yaml.Value;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Reads what {@code control.yaml} says under {@code store: {etcd: …}}. */
final class EtcdSettingsReader {

    private static final Set<String> KEYS =
            Set.of("endpoints", "prefix", "ca", "certificate", "key", "user", "password_file", "initial");
    private static final String EXAMPLE = "https://10.0.0.1:2379";

    private final Function<Value, Optional<Path>> path;

    /** @param path reads a path */
    EtcdSettingsReader(Function<Value, Optional<Path>> path) {
        this.path = path;
    }

    Optional<StoreSettings> read(Value value) {
        return value.fields(KEYS).flatMap(this::settings);
    }

    private Optional<StoreSettings> settings(Fields fields) {
        Optional<List<URI>> endpoints =
                fields.required("endpoints", "[" + EXAMPLE + "]").flatMap(EtcdSettingsReader::endpoints);
        Optional<String> prefix = fields.has("prefix")
                ? fields.optional("prefix").flatMap(EtcdSettingsReader::prefix)
                : Optional.of(EtcdSettings.PREFIX);
        Optional<Path> ca = fields.optional("ca").flatMap(path);
        Optional<ClientCertificate> certificate = pair(fields, "certificate", "key")
                ? both(fields, "certificate", path, "key").map(two -> new ClientCertificate(two.one(), two.other()))
                : Optional.empty();
        Optional<Login> login = pair(fields, "user", "password_file")
                ? both(fields, "user", Value::text, "password_file").map(two -> new Login(two.one(), two.other()))
                : Optional.empty();
        Optional<Path> initial = fields.optional("initial").flatMap(path);
        if (endpoints.isPresent() && !isTls(endpoints.get())) {
            refuseWithoutTls(fields);
        }
        return endpoints.flatMap(
                all -> prefix.map(start -> new InEtcd(new EtcdSettings(all, start, ca, certificate, login), initial)));
    }

    /** Half of a pair is reported by {@link Fields#required}. */
    private static boolean pair(Fields fields, String one, String other) {
        return fields.has(one) || fields.has(other);
    }

    private record Two<T>(T one, Path other) {}

    private <T> Optional<Two<T>> both(Fields fields, String one, Function<Value, Optional<T>> reader, String other) {
        Optional<T> first = fields.required(one, "control").flatMap(reader);
        Optional<Path> second =
                fields.required(other, "/etc/secgroupd/etcd.key").flatMap(path);
        return first.flatMap(read -> second.map(file -> new Two<>(read, file)));
    }

    private static boolean isTls(List<URI> endpoints) {
        return endpoints.stream().allMatch(endpoint -> "https".equals(endpoint.getScheme()));
    }

    /** Nobody wants a certificate that is not used. */
    private static void refuseWithoutTls(Fields fields) {
        for (String key : List.of("ca", "certificate")) {
            fields.optional(key).ifPresent(value -> value.error("is for TLS; begin the endpoints with https://"));
        }
    }

    private static Optional<List<URI>> endpoints(Value value) {
        Optional<List<Value>> items = value.oneOrMore();
        if (items.isEmpty()) {
            return Optional.empty();
        }
        var endpoints = new ArrayList<URI>();
        items.get().forEach(item -> endpoint(item).ifPresent(endpoints::add));
        if (endpoints.stream().map(URI::getScheme).collect(Collectors.toSet()).size() > 1) {
            value.error("write all endpoints with https://, or all with http://");
            return Optional.empty();
        }
        return endpoints.size() == items.get().size() ? Optional.of(List.copyOf(endpoints)) : Optional.empty();
    }

    private static Optional<URI> endpoint(Value value) {
        return value.text().flatMap(text -> {
            try {
                URI uri = URI.create(text);
                boolean plain = uri.getHost() != null && uri.getPort() > 0 && text.equals(plain(uri));
                if (plain && Set.of("http", "https").contains(uri.getScheme())) {
                    return Optional.of(uri);
                }
            } catch (IllegalArgumentException e) {
                // The error is reported below.
            }
            value.error(Quote.of(text) + " is not an endpoint of etcd; write " + EXAMPLE);
            return Optional.empty();
        });
    }

    private static String plain(URI uri) {
        return uri.getScheme() + "://" + uri.getHost() + ":" + uri.getPort();
    }

    private static Optional<String> prefix(Value value) {
        return value.text().flatMap(text -> {
            if (text.matches("/[A-Za-z0-9._/-]{0,200}")) {
                return Optional.of(text.endsWith("/") ? text : text + "/");
            }
            value.error(Quote.of(text) + " is not a prefix; write " + EtcdSettings.PREFIX);
            return Optional.empty();
        });
    }
}
