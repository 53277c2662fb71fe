package io.secgroupd.controlplane.fleet.server;

import io.secgroupd.controlplane.fleet.membership.Claim;
import io.secgroupd.controlplane.fleet.membership.Claim.Standing;
import io.secgroupd.controlplane.fleet.rollout.HostState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What hosts claim now. After a start, and after the store was away, nobody knows for a while who is there: hosts come back to
 * their control servers one after the other, after pauses of up to a minute.
 */
final class Claims {

    /** A host that is away for less than that is not gone. */
    static final Duration GRACE = Duration.ofSeconds(30);

    static final Duration BLIND = Duration.ofSeconds(90);

    /** A control server gives a sign of life each ten seconds; one that does not see its own sees nothing else. */
    private static final Duration SIGNS = Duration.ofSeconds(20);

    private final String server;
    private final FleetView view;
    private Instant sees = Instant.MAX;

    /** @param server the name of this control server */
    Claims(String server, FleetView view) {
        this.server = server;
        this.view = view;
    }

    /** Whether any host is enrolled for instances, or was. */
    boolean exist() {
        return !view.addresses().isEmpty()
                || view.enrolled().stream().anyMatch(host -> !host.instances().isEmpty());
    }

    /** The claims of all hosts, and of those that were shut out. */
    List<Claim> now(Instant now) {
        boolean knows = knows(now);
        Map<String, HostState> states = new HashMap<>();
        view.states(now).forEach(state -> states.put(state.host(), state));
        Map<String, ReportedAddresses> reported = new HashMap<>(view.addresses());
        List<Claim> claims = new ArrayList<>();
        for (EnrolledHost host : view.enrolled()) {
            Optional<ReportedAddresses> addresses = Optional.ofNullable(reported.remove(host.host()));
            if (!host.instances().isEmpty() || addresses.isPresent()) {
                Standing standing = standing(Optional.ofNullable(states.get(host.host())), now, knows);
                claims.add(claim(host.host(), host.instances(), addresses, standing));
            }
        }
        reported.forEach(
                (host, addresses) -> claims.add(claim(host, List.of(), Optional.of(addresses), Standing.AWAY)));
        return claims;
    }

    /** The hosts that were shut out, and whose addresses are still kept. */
    List<String> shutOut() {
        List<String> enrolled = view.enrolled().stream().map(EnrolledHost::host).toList();
        return view.addresses().keySet().stream()
                .filter(host -> !enrolled.contains(host))
                .toList();
    }

    private boolean knows(Instant now) {
        boolean current = view.aliveAt(server)
                .filter(sign -> now.isBefore(sign.plus(SIGNS)))
                .isPresent();
        if (!current) {
            sees = Instant.MAX;
        } else if (sees.equals(Instant.MAX)) {
            sees = now;
        }
        return current && !now.isBefore(sees.plus(BLIND));
    }

    private static Standing standing(Optional<HostState> state, Instant now, boolean knows) {
        boolean here = state.filter(
                        known -> known.connected() || now.isBefore(known.seen().plus(GRACE)))
                .isPresent();
        if (here) {
            return Standing.HERE;
        }
        return knows ? Standing.AWAY : Standing.UNKNOWN;
    }

    private static Claim claim(
            String host, List<String> instances, Optional<ReportedAddresses> reported, Standing standing) {
        return new Claim(
                host,
                instances,
                reported.map(ReportedAddresses::instances).orElse(List.of()),
                reported.map(addresses -> addresses.report().addresses()).orElse(List.of()),
                reported.map(ReportedAddresses::time).orElse(Instant.EPOCH),
                standing);
    }
}
