package io.secgroupd.rules.usage;

import io.secgroupd.rules.compile.CompiledPolicy;
import io.secgroupd.rules.model.Instance;
import io.secgroupd.rules.net.Direction;
import io.secgroupd.rules.net.IpAddress;
import io.secgroupd.rules.net.Protocol;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Finds the fewest rules that would have allowed what a policy refuses. Each is meant for the smallest group of the instance
 * that needs it, and holds no service that was not seen. For one thread.
 */
public final class Suggester {

    private final CompiledPolicy policy;
    private final PeerCover cover;
    /** By the group for which rules are missing, or by the instance or cluster that has no group. */
    private final Map<String, Place> places = new TreeMap<>();

    /** @param group empty when the instance has none */
    private record Place(Instance example, Optional<String> group, Map<Direction, Demand> demands) {
        Place(Instance example, Optional<String> group) {
            this(example, group, new EnumMap<>(Direction.class));
        }

        String key() {
            return group.orElseGet(() -> "for " + example.cluster().orElse(example.name()));
        }
    }

    public Suggester(CompiledPolicy policy, Widening widening) {
        this.policy = policy;
        this.cover = new PeerCover(policy, widening);
    }

    /**
     * Takes what an instance needs.
     *
     * @param instance one of the policy
     * @param peer     the address at the other end
     * @param selector see {@code Flow.selector()}
     * @return false when no rule can allow it, because the protocol is not one of the address's family
     */
    public boolean add(
            Instance instance, Direction direction, Protocol protocol, int selector, IpAddress peer, Sightings seen) {
        if (!protocol.existsIn(peer.family())) {
            return false;
        }
        var place =
                new Place(instance, instance.securityGroups().stream().min(Comparator.comparingInt(cover::membersOf)));
        places.computeIfAbsent(place.key(), none -> place)
                .demands
                .computeIfAbsent(direction, none -> new Demand())
                .add(instance.name(), protocol, selector, peer, seen);
        return true;
    }

    /** What is to be added. It has been tried: with it, the policy allows all that was taken. */
    public Suggestion suggest() {
        Map<String, List<SuggestedRule>> rules = rulesByPlace();
        var fragment = new FragmentBuilder(policy.policy());
        places.forEach((key, place) -> {
            List<SuggestedRule> missing = rules.getOrDefault(key, List.of());
            place.group.ifPresentOrElse(
                    group -> fragment.addBeside(group, missing), () -> fragment.addFor(place.example, missing));
        });
        Suggestion suggestion = fragment.build();
        var proposal = new Proposal(CompiledPolicy.of(suggestion.addedTo(policy.policy())));
        places.values().forEach(place -> place.demands.forEach(proposal::allows));
        return suggestion;
    }

    /** Begins with what most instances have: whoever has a smaller group besides may need nothing more. */
    private Map<String, List<SuggestedRule>> rulesByPlace() {
        Map<String, List<SuggestedRule>> byPlace = new TreeMap<>();
        var before = new SuggestedSoFar(policy);
        Comparator<Place> members = Comparator.comparingInt(
                place -> place.group.map(cover::membersOf).orElse(0));
        places.values().stream().sorted(members.reversed()).forEach(place -> {
            List<SuggestedRule> rules = new ArrayList<>();
            place.demands.forEach(
                    (direction, demand) -> rules.addAll(new MissingRules(direction, demand, cover, before).find()));
            place.group.ifPresent(group -> before.add(group, rules));
            byPlace.put(place.key(), rules);
        });
        return byPlace;
    }
}
