package io.secgroupd.daemon.doctor;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.secgroupd.daemon.admin.AdminClient;
import io.secgroupd.daemon.doctor.DaemonFacts.SocketAnswer;
import io.secgroupd.daemon.hooks.Hooks;
import io.secgroupd.daemon.hooks.HooksException;
import io.secgroupd.daemon.hooks.SkeletonSettings;
import io.secgroupd.daemon.terms.Backend;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Asks the daemon and looks at its hooks. It changes nothing. */
final class DaemonProbe {

    private final Host host;
    private final Path socket;

    DaemonProbe(Host host, Path socket) {
        this.host = host;
        this.socket = socket;
    }

    DaemonFacts ask(boolean hooksSeen, SkeletonSettings skeleton) {
        Optional<String> status = status();
        SocketAnswer answer = status.isPresent() ? SocketAnswer.WELL : silence();
        Hooks hooks = new Hooks(host.runner());
        Optional<Backend> standing = hooksSeen ? hooks.standing() : Optional.empty();
        return new DaemonFacts(
                answer,
                status.flatMap(DaemonProbe::refused),
                hooksSeen,
                standing,
                standing.map(backend -> differences(hooks, backend, skeleton)).orElse(List.of()));
    }

    private Optional<String> status() {
        try {
            AdminClient.Reply reply = new AdminClient(socket).ask("GET", "/status", "application/json");
            return reply.status() == 200 ? Optional.of(reply.body()) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private SocketAnswer silence() {
        return Files.exists(socket) && !Files.isWritable(socket) ? SocketAnswer.FORBIDDEN : SocketAnswer.NOT_RUNNING;
    }

    private static List<String> differences(Hooks hooks, Backend backend, SkeletonSettings skeleton) {
        try {
            return hooks.check(backend, skeleton);
        } catch (HooksException e) {
            return List.of(String.valueOf(e.getMessage()));
        }
    }

    /** The value of {@code policy.refused.why} in the answer. */
    private static Optional<String> refused(String status) {
        try (JsonParser json = new JsonFactory().createParser(status)) {
            boolean within = false;
            for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
                within |= token == JsonToken.START_OBJECT && "refused".equals(json.currentName());
                if (within && token == JsonToken.VALUE_STRING && "why".equals(json.currentName())) {
                    return Optional.of(json.getText());
                }
            }
        } catch (IOException e) {
            return Optional.empty();
        }
        return Optional.empty();
    }

    /** The daemon that runs in the network namespace of this process, if this user may see it. */
    Optional<ProcessRights> rights() {
        Optional<Path> here = link("self");
        return host.names("proc").stream()
                .filter(name -> name.matches("\\d+"))
                .filter(pid -> host.read("proc/" + pid + "/cmdline")
                        .filter(command -> command.contains("\0io.secgroupd.daemon.cli.Secgroupd\0run"))
                        .isPresent())
                .filter(pid -> link(pid).equals(here))
                .findFirst()
                .flatMap(pid -> host.read("proc/" + pid + "/status"))
                .flatMap(ProcessRights::parse);
    }

    private Optional<Path> link(String process) {
        try {
            return Optional.of(Files.readSymbolicLink(host.root().resolve("proc/" + process + "/ns/net")));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
