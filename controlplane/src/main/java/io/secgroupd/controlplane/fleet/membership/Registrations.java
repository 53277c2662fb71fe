package io.secgroupd.controlplane.fleet.membership;

import io.secgroupd.controlplane.fleet.membership.Claim.Standing;
import io.secgroupd.rules.model.Policy;
import io.secgroupd.rules.net.IpAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The addresses that the instances of a policy are to have by what hosts claim. An address that an instance has is never given to
 * another one: neither one that a person has written, nor one that another host has reported.
 *
 * @param addresses by instance, as the file of the fleet is to say
 * @param refused   what is not given, and why
 */
public record Registrations(SortedMap<String, SortedSet<IpAddress>> addresses, List<RefusedClaim> refused) {

    public Registrations {
        refused = List.copyOf(refused);
    }

    /**
     * An address that a host does not get.
     *
     * @param owner the instance that has it
     */
    public record RefusedClaim(String host, String instance, IpAddress address, String owner) {

        /** For the host, and for the log. */
        public String sentence() {
            return address + " is an address of " + owner + ", and not given to " + instance + ".";
        }
    }

    /**
     * Decides on all claims.
     *
     * @param now    what the file of the fleet says now
     * @param claims of all hosts that are enrolled, and of those that were until now
     */
    public static Registrations of(
            Policy policy, SortedMap<String, SortedSet<IpAddress>> now, Collection<Claim> claims) {
        var giving = new Giving(Owners.of(policy, now.keySet()), now);
        giving.keep(claims);
        List<Claim> inTurn = claims.stream()
                .sorted(Comparator.comparing(Claim::since).thenComparing(Claim::host))
                .toList();
        inTurn.forEach(giving::hold);
        inTurn.forEach(giving::join);
        return new Registrations(giving.given, giving.refused);
    }

    /** Whether this comes to the same as what the file says. */
    public boolean isAs(SortedMap<String, SortedSet<IpAddress>> now) {
        return nonEmpty(now).equals(nonEmpty(addresses));
    }

    private static SortedMap<String, SortedSet<IpAddress>> nonEmpty(SortedMap<String, SortedSet<IpAddress>> map) {
        var some = new TreeMap<>(map);
        some.values().removeIf(Collection::isEmpty);
        return some;
    }

    /** The work of deciding. */
    private static final class Giving {

        private final Owners owners;
        private final SortedMap<String, SortedSet<IpAddress>> now;
        private final SortedMap<String, SortedSet<IpAddress>> given = new TreeMap<>();
        private final List<RefusedClaim> refused = new ArrayList<>();

        Giving(Owners owners, SortedMap<String, SortedSet<IpAddress>> now) {
            this.owners = owners;
            this.now = now;
        }

        /** An instance that no host is enrolled for stays as a person has written it. */
        void keep(Collection<Claim> claims) {
            Set<String> claimed = new HashSet<>();
            claims.forEach(claim -> {
                claimed.addAll(claim.instances());
                claimed.addAll(claim.named());
            });
            now.forEach((instance, addresses) -> {
                if (!claimed.contains(instance)) {
                    given.put(instance, new TreeSet<>(addresses));
                    addresses.forEach(address -> owners.take(address, instance));
                }
            });
        }

        /** What a host has, it keeps, whoever else claims it meanwhile. */
        void hold(Claim claim) {
            Optional<String> instance = owners.firstWanting(claim.instances());
            if (instance.isPresent() && claim.standing() != Standing.AWAY) {
                SortedSet<IpAddress> has = now.getOrDefault(instance.get(), new TreeSet<>());
                claim.addresses().stream()
                        .filter(address -> has.contains(address))
                        .forEach(address -> give(address, instance.get()));
            }
        }

        void join(Claim claim) {
            Optional<String> instance = owners.firstWanting(claim.instances());
            if (instance.isPresent() && claim.standing() == Standing.HERE) {
                for (IpAddress address : claim.addresses()) {
                    if (!give(address, instance.get())) {
                        String owner = owners.of(address).orElseThrow();
                        refused.add(new RefusedClaim(claim.host(), instance.get(), address, owner));
                    }
                }
            }
        }

        private boolean give(IpAddress address, String instance) {
            boolean taken = owners.take(address, instance);
            if (taken) {
                given.computeIfAbsent(instance, none -> new TreeSet<>()).add(address);
            }
            return taken;
        }
    }

    /** What the policy as it is has against addresses that a host reports. */
    public static List<RefusedClaim> refused(
            Policy policy,
            SortedMap<String, SortedSet<IpAddress>> now,
            String host,
            List<String> instances,
            List<IpAddress> addresses) {
        Owners owners = Owners.of(policy, now.keySet());
        Optional<String> instance = owners.firstWanting(instances);
        now.forEach((name, registered) -> registered.forEach(address -> owners.take(address, name)));
        return instance.stream()
                .flatMap(own -> addresses.stream()
                        .filter(address -> !owners.take(address, own))
                        .map(address -> new RefusedClaim(
                                host, own, address, owners.of(address).orElseThrow())))
                .toList();
    }
}
