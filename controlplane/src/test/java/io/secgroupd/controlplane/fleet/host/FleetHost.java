package io.secgroupd.controlplane.fleet.host;

import io.secgroupd.rules.file.PolicyReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.PublicKey;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A host in a directory: its files, its daemon, and what follows the server. */
final class FleetHost implements AutoCloseable {

    static final String FIRST = "version: 1\n# as installed\n";

    static final PullTimes TIMES = new PullTimes(
            Duration.ofMillis(20),
            Duration.ofMillis(20),
            Duration.ofMillis(100),
            Duration.ofMillis(20),
            Duration.ofSeconds(20),
            Duration.ofSeconds(20),
            Duration.ofSeconds(60),
            Duration.ofMillis(1500),
            Duration.ofMillis(400),
            Duration.ofMillis(20));

    final Path etc;
    final Path rules;
    final Path state;
    final FakeDaemon daemon;
    private final Path token;
    private Optional<Pull> pull = Optional.empty();

    FleetHost(Path directory, String token) throws IOException {
        etc = Files.createDirectory(directory.resolve("etc"));
        rules = Files.writeString(etc.resolve("rules.yaml"), FIRST);
        state = directory.resolve("state");
        daemon = new FakeDaemon(rules);
        this.token = Files.writeString(directory.resolve("token"), token + "\n");
        Files.setPosixFilePermissions(this.token, PosixFilePermissions.fromString("rw-------"));
    }

    PullSettings settings(List<URI> servers, List<PublicKey> trust) {
        return new PullSettings(
                servers,
                "web-1",
                token,
                Optional.empty(),
                trust,
                Optional.empty(),
                rules,
                etc.resolve("no.sock"),
                false);
    }

    void start(PullSettings settings, HostFiles.Steps steps) throws IOException {
        close();
        pull = Optional.of(Pull.start(settings, state, daemon, "1.0", TIMES, steps));
    }

    void start(FakeServer server) throws IOException {
        start(settings(List.of(server.address()), List.of()), step -> {});
    }

    void edit(String name, String text) throws IOException {
        Files.createDirectories(etc.resolve(name).getParent());
        Files.writeString(etc.resolve(name), text);
    }

    /** All files with their texts. */
    Map<String, String> files() throws IOException {
        var files = new TreeMap<String, String>();
        try (Stream<Path> all = Files.walk(etc)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                files.put(etc.relativize(file).toString(), Files.readString(file));
            }
        }
        return files;
    }

    String hash() {
        return PolicyReader.read(rules).hash();
    }

    /** What is left in the state directory. */
    List<String> remembered() throws IOException {
        try (Stream<Path> all = Files.list(state)) {
            return all.map(Path::getFileName).map(Path::toString).sorted().toList();
        }
    }

    @Override
    public void close() {
        pull.ifPresent(Pull::close);
        pull = Optional.empty();
    }
}
