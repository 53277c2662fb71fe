package io.secgroupd.controlplane.fleet.server;

import io.secgroupd.controlplane.fleet.membership.EditionAddresses;
import io.secgroupd.controlplane.fleet.membership.RegisteredFile;
import io.secgroupd.controlplane.fleet.rollout.Edition;
import io.secgroupd.controlplane.store.PolicyStore;
import io.secgroupd.controlplane.store.Revision;
import io.secgroupd.rules.file.PolicyFiles;
import io.secgroupd.rules.file.PolicyReader;
import io.secgroupd.rules.model.Policy;
import io.secgroupd.rules.net.IpAddress;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/** What the revisions that hosts have say of instances. Each is read once, as that takes a while where it is long. */
final class RegisteredPolicies {

    private final PolicyStore store;
    private final EditionRecords editions;
    private List<Registered> known = List.of();

    /**
     * A revision.
     *
     * @param edition in which hosts get it
     * @param files   of that edition
     * @param map     the addresses that hosts get as registered
     * @param written the addresses that the revision itself says
     */
    record Registered(
            long serial,
            Optional<Edition> edition,
            PolicyFiles files,
            Policy policy,
            SortedMap<String, SortedSet<IpAddress>> map,
            SortedMap<String, SortedSet<IpAddress>> written) {

        boolean is(long other, Optional<Edition> otherEdition) {
            return serial == other && edition.equals(otherEdition);
        }

        /** Whether the addresses have a file, and can become others. */
        boolean isWritable() {
            return RegisteredFile.in(files).isPresent();
        }
    }

    RegisteredPolicies(PolicyStore store, EditionRecords editions) {
        this.store = store;
        this.editions = editions;
    }

    /** The revision; empty when it has errors, so that no host has it. */
    Optional<Registered> of(Revision revision, Optional<Edition> edition) throws IOException {
        Registered has = known(revision.serial(), edition);
        if (has == null && edition.isEmpty()) {
            SortedMap<String, SortedSet<IpAddress>> map = RegisteredFile.read(revision.files());
            return revision.read()
                    .policy()
                    .map(policy ->
                            kept(new Registered(revision.serial(), edition, revision.files(), policy, map, map)));
        }
        return has == null ? read(revision.serial(), edition, revision.files()) : Optional.of(has);
    }

    /** The same of one that need not be the newest; empty also when it is not kept any longer. */
    Optional<Registered> of(long serial, Optional<Edition> edition) throws IOException {
        Registered has = known(serial, edition);
        if (has != null) {
            return Optional.of(has);
        }
        Optional<PolicyFiles> files = store.files(serial);
        return files.isEmpty() ? Optional.empty() : read(serial, edition, files.get());
    }

    private Optional<Registered> read(long serial, Optional<Edition> edition, PolicyFiles files) throws IOException {
        EditionAddresses addresses = editions.of(edition);
        PolicyFiles now = addresses.in(serial, files);
        return PolicyReader.read(now)
                .policy()
                .map(policy -> kept(new Registered(
                        serial, edition, now, policy, RegisteredFile.read(now), RegisteredFile.read(files))));
    }

    private @Nullable Registered known(long serial, Optional<Edition> edition) {
        return known.stream()
                .filter(each -> each.is(serial, edition))
                .findFirst()
                .orElse(null);
    }

    private Registered kept(Registered made) {
        var all = new ArrayList<>(known);
        all.removeIf(each -> each.serial() == made.serial());
        all.add(made);
        known = List.copyOf(all);
        return made;
    }

    /** Forgets all but these revisions. */
    void retain(List<Long> serials) {
        known = known.stream().filter(each -> serials.contains(each.serial())).toList();
    }
}
