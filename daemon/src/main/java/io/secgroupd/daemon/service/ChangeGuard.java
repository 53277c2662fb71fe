package io.secgroupd.daemon.service;

import io.secgroupd.daemon.admin.GuardRequest;
import io.secgroupd.daemon.control.ControlPlane;
import io.secgroupd.daemon.control.HostPolicy;
import io.secgroupd.daemon.control.NotCarriedException;
import io.secgroupd.daemon.control.RefusedFiles;
import io.secgroupd.daemon.control.RefusedPolicyException;
import io.secgroupd.daemon.service.OperatorSessions.Session;
import io.secgroupd.rules.decide.PacketFilter;
import io.secgroupd.rules.net.Hook;
import io.secgroupd.rules.text.Problem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Judges a change of the rules files before it is written, on behalf of a program that has no operator at a terminal: would this
 * host take it, and could those who work on this host, and the one who asks, still come in?
 */
final class ChangeGuard {

    private final ControlPlane control;
    private final RunningPolicy running;
    private final OperatorSessions sessions;
    private final Set<Integer> ports;

    /** @param ports those to which operators connect, such as 22 */
    ChangeGuard(ControlPlane control, RunningPolicy running, OperatorSessions sessions, Set<Integer> ports) {
        this.control = control;
        this.running = running;
        this.sessions = sessions;
        this.ports = Set.copyOf(ports);
    }

    /** The reason why the change must not be written; empty when there is none. */
    Optional<String> objection(GuardRequest request) {
        try {
            Optional<String> notReady = notReady(request);
            return notReady.isPresent() ? notReady : candidate(request);
        } catch (RefusedPolicyException e) {
            return Optional.of(e.problems().stream()
                    .filter(Problem::isError)
                    .map(Problem::toString)
                    .findFirst()
                    .orElse(String.valueOf(e.getMessage())));
        } catch (NotCarriedException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            return Optional.of("it is not known who is connected to this host: " + e.getMessage());
        }
    }

    /** The reason why files are not those of this host; empty when the daemon follows them. */
    Optional<String> elsewhere(Path rules) {
        Path followed = control.rules().toAbsolutePath().normalize();
        return followed.equals(rules.toAbsolutePath().normalize())
                ? Optional.empty()
                : Optional.of("the daemon of this host follows " + followed + ", which is another file");
    }

    /** A change can only be judged against what is in force, and that must be what the change was made from. */
    private Optional<String> notReady(GuardRequest request) {
        Optional<String> elsewhere = elsewhere(request.rules());
        if (elsewhere.isPresent()) {
            return elsewhere;
        }
        if (control.trial().isPresent()) {
            return Optional.of(
                    "a candidate is being tried on this host; end it first, with secgroupd confirm or rollback");
        }
        if (isInForce(request.before())) {
            return Optional.empty();
        }
        Optional<RefusedFiles> refusal = control.reloadNow(); // the file was edited a moment ago
        return isInForce(request.before())
                ? Optional.empty()
                : Optional.of("the files are not in force on this host"
                        + refusal.map(no -> ": " + no.why()).orElse(", because they are being changed"));
    }

    private boolean isInForce(String hash) {
        return running.inForce().policy().hash().equals(hash);
    }

    private Optional<String> candidate(GuardRequest request)
            throws RefusedPolicyException, NotCarriedException, IOException {
        HostPolicy candidate = control.read(request.files());
        if (!candidate.hash().equals(request.after())) {
            return Optional.of("the files have been changed meanwhile");
        }
        return lockedOut(candidate, request.client());
    }

    /**
     * The reason why a policy must not come into force: somebody who is connected now would be shut out.
     *
     * @param asking the connection of the one who asks, if it crosses the network
     * @throws IOException when it is not known who is connected
     */
    Optional<String> lockedOut(HostPolicy candidate, Optional<String> asking) throws IOException {
        Optional<Session> client = asking.flatMap(LockoutGuard::session);
        PacketFilter before = running.inForce().policy().filter();
        return Stream.concat(client.stream(), sessions.open(ports).stream())
                .filter(session -> accepts(before, session) && !accepts(candidate.filter(), session))
                .findFirst()
                .map(session ->
                        "it would lock you out: " + session + " is open now and would be rejected; allow it first");
    }

    private static boolean accepts(PacketFilter filter, Session session) {
        return filter.judge(Hook.INPUT, session.flow()).passes();
    }
}
