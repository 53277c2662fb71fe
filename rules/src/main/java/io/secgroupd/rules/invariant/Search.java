package io.secgroupd.rules.invariant;

import io.secgroupd.rules.compile.CompiledPolicy;
import io.secgroupd.rules.net.AddressSet;
import io.secgroupd.rules.net.Family;
import io.secgroupd.rules.net.FlowTuple;
import io.secgroupd.rules.net.IpAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Finds a flow of a shape that the rules accept. Rules are asked, not instances or addresses: a flow is accepted when an
 * inbound rule of its target's groups allows it, an outbound rule of its source's groups, or both where both ends are
 * instances. Between the addresses of one instance lies loopback, which no rule judges.
 */
final class Search {

    private final CompiledPolicy policy;
    private final Halves halves;
    private final Effort effort;
    private final AddressSet listed;

    Search(CompiledPolicy policy, Effort effort) {
        this.policy = policy;
        this.halves = new Halves(policy);
        this.effort = effort;
        this.listed = Shapes.of(policy.policy().instances().values().stream());
    }

    /** Such a flow; empty when there is none. */
    Optional<FlowTuple> accepted(Shape shape) {
        var of = new OfShape(shape);
        List<Half> takes = of.takes();
        List<Half> sends = of.sends();
        return of.fromStranger(takes).or(() -> of.toStranger(sends)).or(() -> of.between(takes, sends));
    }

    /** The search for one shape. */
    private final class OfShape {

        private final Shape shape;
        private final Side sources;
        private final Side targets;

        OfShape(Shape shape) {
            var common = new CommonAddress(effort);
            this.shape = shape;
            this.sources = new Side(shape.sources(), policy, common, halves.sets());
            this.targets = new Side(shape.targets(), policy, common, halves.sets());
        }

        /** The inbound rules that allow a source to reach a target, whatever the source may send. */
        List<Half> takes() {
            return possible(halves.takes(), targets, sources);
        }

        /** The outbound rules that allow a source to send to a target, whatever the target takes. */
        List<Half> sends() {
            return possible(halves.sends(), sources, targets);
        }

        private List<Half> possible(List<Block> blocks, Side own, Side other) {
            effort.spend(blocks.size());
            var possible = new ArrayList<Half>();
            for (Block block : blocks) {
                int members = own.families(block.members());
                if (members != 0) {
                    effort.spend(block.halves().size());
                    addPossible(block, members, other, possible);
                }
            }
            return possible;
        }

        private void addPossible(Block block, int members, Side other, List<Half> possible) {
            boolean looked = block.everyPeer().isEmpty();
            for (Half half : block.halves()) {
                if (shape.meets(half.rule())) {
                    if (!looked && (members & other.families(block.everyPeer().get())) == 0) {
                        return;
                    }
                    looked = true;
                    if ((members & other.families(half.peers())) != 0) {
                        possible.add(half);
                    }
                }
            }
        }

        private int takenFamilies(Half take) {
            return targets.families(take.members()) & sources.families(take.peers());
        }

        private int sentFamilies(Half send) {
            return sources.families(send.members()) & targets.families(send.peers());
        }

        Optional<FlowTuple> fromStranger(List<Half> takes) {
            return takes.stream().flatMap(this::fromStranger).findFirst();
        }

        private Stream<FlowTuple> fromStranger(Half take) {
            return families(takenFamilies(take))
                    .flatMap(family -> sources
                            .stranger(family, take.peers(), listed)
                            .flatMap(source -> targets.any(family, take.members())
                                    .flatMap(target -> flow(source, target, List.of(take))))
                            .stream());
        }

        Optional<FlowTuple> toStranger(List<Half> sends) {
            return sends.stream().flatMap(this::toStranger).findFirst();
        }

        private Stream<FlowTuple> toStranger(Half send) {
            return families(sentFamilies(send))
                    .flatMap(family -> targets
                            .stranger(family, send.peers(), listed)
                            .flatMap(target -> sources.any(family, send.members())
                                    .flatMap(source -> flow(source, target, List.of(send))))
                            .stream());
        }

        Optional<FlowTuple> between(List<Half> takes, List<Half> sends) {
            for (Half take : takes) {
                effort.spend(sends.size());
                for (Half send : sends) {
                    int both = takenFamilies(take) & sentFamilies(send);
                    if (both != 0 && Service.isCommon(shape, List.of(take, send))) {
                        Optional<FlowTuple> found = families(both)
                                .flatMap(family -> between(family, take, send).stream())
                                .findFirst();
                        if (found.isPresent()) {
                            return found;
                        }
                    }
                }
            }
            return Optional.empty();
        }

        private Optional<FlowTuple> between(Family family, Half take, Half send) {
            return sources.pair(family, send.members(), take.peers())
                    .flatMap(source -> targets.pair(family, take.members(), send.peers())
                            .flatMap(target -> apart(source, target, List.of(take, send))));
        }

        /** A flow between two instances; empty when all sources and targets belong to one. */
        private Optional<FlowTuple> apart(Side.Pair source, Side.Pair target, List<Half> halves) {
            if (!policy.instanceAt(source.one()).equals(policy.instanceAt(target.one()))) {
                return flow(source.one(), target.one(), halves);
            }
            return target.another()
                    .flatMap(other -> flow(source.one(), other, halves))
                    .or(() -> source.another().flatMap(other -> flow(other, target.one(), halves)));
        }

        private Optional<FlowTuple> flow(IpAddress source, IpAddress target, List<Half> halves) {
            return Service.of(shape, halves).map(service -> service.between(source, target));
        }
    }

    private static Stream<Family> families(int bits) {
        return Stream.of(Family.values()).filter(family -> (bits & Side.bit(family)) != 0);
    }
}
