package io.secgroupd.controlplane.fleet.server;

import io.secgroupd.controlplane.fleet.feed.AddressReport;
import io.secgroupd.controlplane.fleet.rollout.Rollout;
import io.secgroupd.controlplane.fleet.rollout.RolloutJson;
import io.secgroupd.controlplane.fleet.rollout.RolloutSettings;
import io.secgroupd.controlplane.store.Origin;
import io.secgroupd.controlplane.store.PolicyStore;
import io.secgroupd.controlplane.store.RecordStore.RecordChange;
import io.secgroupd.controlplane.store.RecordStore.StoredRecord;
import io.secgroupd.controlplane.store.Revision;
import io.secgroupd.controlplane.store.directory.DirectoryStore;
import io.secgroupd.controlplane.testkit.HandClock;
import io.secgroupd.rules.model.Instance;
import io.secgroupd.rules.net.AddressSyntaxException;
import io.secgroupd.rules.net.AddressText;
import io.secgroupd.rules.net.IpAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Membership on a policy in files, with records and a clock in the hand of the test. */
final class MembershipFixture implements AutoCloseable {

    static final String SERVER = "server-1";

    static final String RULES = """
            version: 1
            include: [registered.yaml]
            instances:
              web-1: { addresses: registered }
              web-2: { addresses: registered }
              db-1: { addresses: [10.0.0.9] }
            """;

    static final RolloutSettings AT_ONCE =
            new RolloutSettings(RolloutSettings.parseSteps("100%"), List.of(), Duration.ZERO);

    final HandClock clock = new HandClock();
    final FleetView view = new FleetView();
    final PolicyStore store;
    final Membership membership;

    MembershipFixture(Path directory) throws IOException {
        this(directory, RULES);
    }

    MembershipFixture(Path directory, String rules) throws IOException {
        Path file = Files.writeString(directory.resolve("rules.yaml"), rules);
        Files.writeString(directory.resolve("registered.yaml"), "version: 1\n");
        store = new DirectoryStore(file, directory.resolve("state"), clock);
        membership = another();
    }

    /** The same of another control server. */
    Membership another() {
        var editions = new EditionRecords(store.records());
        var signatures = new Signatures(store.records(), Optional.empty());
        var served = new ServedRevisions(store, editions, signatures);
        var beside = new Editions(store, view, editions, signatures, served, clock);
        return new Membership(
                store, view, new Claims(SERVER, view), new RegisteredPolicies(store, editions), beside, clock);
    }

    void record(String key, String value) {
        var unused = view.take(new RecordChange(key, Optional.of(new StoredRecord(key, value, 1))));
    }

    void enrol(String host, String... instances) {
        record(
                RecordNames.HOSTS + host,
                new EnrolledHost(host, "0".repeat(64), List.of(instances), "ann", clock.instant()).text());
    }

    void reports(String host, String instance, String... addresses) throws AddressSyntaxException {
        List<IpAddress> all = new ArrayList<>();
        for (String address : addresses) {
            all.add(AddressText.parseAddress(address));
        }
        record(
                RecordNames.ADDRESSES + host,
                new ReportedAddresses(new AddressReport(all), List.of(instance), clock.instant()).text());
    }

    void connects(String host) {
        connects(host, SERVER);
    }

    void connects(String host, String server) {
        record(RecordNames.PRESENCE + host, new Presence(server, clock.instant(), Optional.empty()).text());
    }

    void leaves(String host) {
        Presence presence = view.presence(host).orElseThrow();
        record(RecordNames.PRESENCE + host, presence.leftAt(clock.instant()).text());
    }

    /** A host that is enrolled, there, and has reported an address. */
    void joins(String host, String instance, String address) throws AddressSyntaxException {
        enrol(host, instance);
        connects(host);
        reports(host, instance, address);
    }

    void sign(String server) {
        record(RecordNames.SERVERS + server, clock.instant().toString());
    }

    /** The newest revision is on its way to the hosts. */
    Rollout begin(RolloutSettings settings) throws IOException {
        Revision newest = store.current();
        Origin origin = newest.origin();
        Rollout begun = Rollout.begin(
                newest.serial(), newest.serial() - 1, settings, clock.instant(), origin.reason(), origin.author());
        record(RecordNames.ROLLOUT, RolloutJson.text(begun));
        return begun;
    }

    /** All hosts have the newest revision. */
    void allHaveIt() throws IOException {
        record(RecordNames.ROLLOUT, RolloutJson.text(begin(AT_ONCE).next(clock.instant())));
    }

    /** The newest revision is taken back, as one that hosts have refused, and all have that; returns the serial. */
    long takesBack() throws IOException {
        Revision made = store.current();
        var signatures = new Signatures(store.records(), Optional.empty());
        var takeBack = new TakeBack(store, new EditionRecords(store.records()), signatures, clock);
        takeBack.run(begin(AT_ONCE).fail("no", clock.instant()), List.of(), made);
        allHaveIt();
        return serial();
    }

    /** Time goes on, the control server lives, the roll-out is done, and membership is looked after. */
    void after(Duration time) throws IOException {
        waits(time);
        allHaveIt();
        membership.run();
    }

    /** Time goes on, and the control server lives. */
    void waits(Duration time) {
        clock.goOn(time);
        sign(SERVER);
    }

    /** Long enough for everybody to have come back after a start. */
    void settle() throws IOException {
        after(Duration.ZERO);
        Instant end = clock.instant().plus(Claims.BLIND);
        while (clock.instant().isBefore(end)) {
            after(Duration.ofSeconds(10));
        }
    }

    List<IpAddress> addresses(String instance) throws IOException {
        Instance found =
                store.current().read().policy().orElseThrow().instances().get(instance);
        return Objects.requireNonNull(found).addresses();
    }

    long serial() throws IOException {
        return store.current().serial();
    }

    String reason() throws IOException {
        return store.current().origin().reason();
    }

    @Override
    public void close() throws IOException {
        store.close();
    }
}
