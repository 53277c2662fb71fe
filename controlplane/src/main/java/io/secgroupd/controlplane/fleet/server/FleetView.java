package io.secgroupd.controlplane.fleet.server;

import io.secgroupd.controlplane.fleet.feed.HostToken;
import io.secgroupd.controlplane.fleet.rollout.HostState;
import io.secgroupd.controlplane.fleet.rollout.HostStateJson;
import io.secgroupd.controlplane.fleet.rollout.Rollout;
import io.secgroupd.controlplane.fleet.rollout.RolloutJson;
import io.secgroupd.controlplane.store.RecordStore.RecordChange;
import io.secgroupd.controlplane.store.RecordStore.StoredRecord;
import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The records of the fleet as they are known here, so that a question of a host costs the store nothing. */
final class FleetView {

    private static final Logger LOG = LoggerFactory.getLogger(FleetView.class);

    private final Map<String, EnrolledHost> hosts = new ConcurrentHashMap<>();
    private final Map<String, HostState> reports = new ConcurrentHashMap<>();
    private final Map<String, KnownPresence> presences = new ConcurrentHashMap<>();
    private final Map<String, ReportedAddresses> addresses = new ConcurrentHashMap<>();
    private final Map<String, ToldFault> faults = new ConcurrentHashMap<>();
    private final Map<String, Instant> servers = new ConcurrentHashMap<>();
    private volatile @Nullable KnownRollout rollout;
    private long changes;

    /**
     * A roll-out.
     *
     * @param version of its record, by which it is changed
     */
    record KnownRollout(Rollout rollout, long version) {}

    /**
     * Where a host is connected.
     *
     * @param version of its record, by which it is changed
     */
    record KnownPresence(Presence presence, long version) {}

    /**
     * Takes in a change of a record.
     *
     * @return whether it is one of the roll-out
     */
    boolean take(RecordChange change) {
        boolean isRollout = note(change);
        synchronized (this) {
            changes++;
            notifyAll();
        }
        return isRollout;
    }

    /** How many changes have been taken in. */
    synchronized long changes() {
        return changes;
    }

    /** Waits until there are more changes than so many, or for a time. */
    void awaitMoreThan(long known, long millis) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        synchronized (this) {
            long rest = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            while (changes == known && rest > 0) {
                wait(rest);
                rest = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            }
        }
    }

    private boolean note(RecordChange change) {
        String key = change.key();
        try {
            if (key.equals(RecordNames.ROLLOUT)) {
                Optional<StoredRecord> now = change.now();
                rollout = now.isEmpty()
                        ? null
                        : new KnownRollout(
                                RolloutJson.parse(now.get().value()), now.get().version());
                return true;
            }
            note(change, RecordNames.HOSTS, hosts, EnrolledHost::parse);
            note(change, RecordNames.REPORTS, reports, HostStateJson::parse);
            long version = change.now().map(StoredRecord::version).orElse(0L);
            note(change, RecordNames.PRESENCE, presences, text -> new KnownPresence(Presence.parse(text), version));
            note(change, RecordNames.ADDRESSES, addresses, ReportedAddresses::parse);
            note(change, RecordNames.FAULTS, faults, ToldFault::parse);
            note(change, RecordNames.SERVERS, servers, FleetView::time);
        } catch (IOException e) {
            // It was written by another version of the program, or by hand. What was known of it before stays.
            LOG.warn("fleet.unreadable record={} {}", key, e.getMessage());
        }
        return false;
    }

    private interface Parser<T> {
        T parse(String text) throws IOException;
    }

    private static <T> void note(RecordChange change, String prefix, Map<String, T> known, Parser<T> parser)
            throws IOException {
        if (!change.key().startsWith(prefix)) {
            return;
        }
        String name = change.key().substring(prefix.length());
        Optional<StoredRecord> now = change.now();
        if (now.isPresent()) {
            known.put(name, parser.parse(now.get().value()));
        } else {
            known.remove(name);
        }
    }

    private static Instant time(String text) throws IOException {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw new IOException("The time of a control server is none.", e);
        }
    }

    /** The host that has a token; empty when it is wrong. */
    Optional<EnrolledHost> hostBy(HostToken token) {
        return Optional.ofNullable(hosts.get(token.host())).filter(host -> host.isBy(token));
    }

    /** An enrolled host by its name. */
    Optional<EnrolledHost> host(String name) {
        return Optional.ofNullable(hosts.get(name));
    }

    boolean hasHosts() {
        return !hosts.isEmpty();
    }

    /** All hosts that may take part. */
    Collection<EnrolledHost> enrolled() {
        return hosts.values();
    }

    /** What hosts have reported of their addresses, by the name of the host. */
    Map<String, ReportedAddresses> addresses() {
        return addresses;
    }

    /** The last sign of life of a control server. */
    Optional<Instant> aliveAt(String server) {
        return Optional.ofNullable(servers.get(server));
    }

    List<String> serversNotSeenSince(Instant time) {
        return servers.entrySet().stream()
                .filter(server -> server.getValue().isBefore(time))
                .map(Map.Entry::getKey)
                .toList();
    }

    Optional<KnownRollout> rollout() {
        return Optional.ofNullable(rollout);
    }

    Optional<Presence> presence(String host) {
        return knownPresence(host).map(KnownPresence::presence);
    }

    Optional<KnownPresence> knownPresence(String host) {
        return Optional.ofNullable(presences.get(host));
    }

    /** What is known of a host by what it has told; of one that has told nothing, no more than its name. */
    HostState reported(String host) {
        HostState told = reports.get(host);
        return told == null ? HostState.unknown(host) : told;
    }

    /** What a host has told of a control server. */
    Optional<ToldFault> fault(String host) {
        return Optional.ofNullable(faults.get(host));
    }

    /** What enrolled hosts have told of control servers, by the name of the host, as far as it is shown at a time. */
    SortedMap<String, ToldFault> faults(Instant now) {
        var shown = new TreeMap<>(faults);
        shown.entrySet()
                .removeIf(told ->
                        !hosts.containsKey(told.getKey()) || !told.getValue().isShown(now));
        return shown;
    }

    List<String> hostsWithFaultsNotShown(Instant now) {
        return faults.entrySet().stream()
                .filter(told -> !told.getValue().isShown(now))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** All enrolled hosts as they are at a time. */
    List<HostState> states(Instant now) {
        return hosts.keySet().stream().sorted().map(host -> state(host, now)).toList();
    }

    /** A connected host is as alive as its control server: one that died with all its hosts cannot say that they left. */
    private HostState state(String host, Instant now) {
        HostState told = reported(host);
        return presence(host).map(presence -> at(told, presence, now)).orElse(told);
    }

    private HostState at(HostState told, Presence presence, Instant now) {
        Instant alive = servers.getOrDefault(presence.server(), presence.joined());
        boolean connected = presence.isConnected() && now.isBefore(alive.plus(SeenHosts.GRACE));
        return HostStates.with(told, presence, connected, presence.left().orElse(alive));
    }
}
