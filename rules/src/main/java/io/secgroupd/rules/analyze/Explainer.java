package io.secgroupd.rules.analyze;

import io.secgroupd.rules.compile.CompiledPolicy;
import io.secgroupd.rules.decide.Decision;
import io.secgroupd.rules.decide.HostAnswer;
import io.secgroupd.rules.decide.InstanceFilter;
import io.secgroupd.rules.decide.Judgement;
import io.secgroupd.rules.decide.Reason;
import io.secgroupd.rules.model.Endpoint;
import io.secgroupd.rules.model.Service;
import io.secgroupd.rules.net.Direction;
import io.secgroupd.rules.net.Family;
import io.secgroupd.rules.net.FlowTuple;
import io.secgroupd.rules.net.IpAddress;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Answers questions with the filters that the daemon uses. For one thread. */
public final class Explainer {

    private final CompiledPolicy policy;
    private final Endpoints endpoints;
    private final KnownHost host;

    /** An explainer for no host in particular: it knows nothing of addresses that no instance lists. */
    public Explainer(CompiledPolicy policy) {
        this(policy, KnownHost.NONE);
    }

    /** @param host the host whose addresses that no instance lists are judged as it says */
    public Explainer(CompiledPolicy policy, KnownHost host) {
        this.policy = policy;
        this.endpoints = new Endpoints(policy.policy());
        this.host = host;
    }

    /** The policy that is asked. */
    public CompiledPolicy policy() {
        return policy;
    }

    /** The reader of the ends of questions about this policy. */
    public Endpoints endpoints() {
        return endpoints;
    }

    /** One flow, explained. */
    public Explanation explain(FlowTuple flow) {
        return explain(flow, host);
    }

    /** One flow, explained as it passed a certain host. */
    public Explanation explain(FlowTuple flow, KnownHost met) {
        Optional<InstanceFilter> from = filterAt(flow.source());
        Optional<InstanceFilter> to = filterAt(flow.destination());
        if ((from.isPresent() && from.equals(to)) || met.hasBoth(flow)) {
            return new Explanation(Judgement.sameInstance(flow), from, to);
        }
        Optional<HostAnswer> sends = from.isPresent() ? Optional.empty() : met.answerForSource(flow.source());
        Optional<HostAnswer> takes = to.isPresent() ? Optional.empty() : met.answerForDestination(flow.destination());
        return new Explanation(
                Judgement.of(flow, half(Direction.EGRESS, flow, from, sends), half(Direction.INGRESS, flow, to, takes)),
                from.or(() -> sends.flatMap(HostAnswer::instance)),
                to.or(() -> takes.flatMap(HostAnswer::instance)));
    }

    private static Optional<Decision> half(
            Direction direction, FlowTuple flow, Optional<InstanceFilter> listed, Optional<HostAnswer> unlisted) {
        return listed.map(instance -> instance.decide(direction, flow))
                .or(() -> unlisted.map(answer -> answer.decide(direction, flow)));
    }

    /**
     * A question, explained for every pair of addresses of one family; empty when the ends have no family in common.
     * Loopback is left out unless there is nothing else: a question about a cluster and itself is about one instance
     * reaching another.
     */
    public Stream<Explanation> explain(Question question) {
        // Two clusters of 1500 are two million pairs: none is kept, and the second walk ends at the first that is not
        // loopback.
        boolean between = isAboutCluster(question) && all(question).anyMatch(one -> !isLoopback(one));
        return between ? all(question).filter(one -> !isLoopback(one)) : all(question);
    }

    /** The number of flows that a question asks about. */
    public long count(Question question) {
        long pairs = 0;
        for (Family family : Family.values()) {
            pairs += addresses(question.from(), family) * addresses(question.to(), family);
        }
        return pairs;
    }

    private long addresses(Endpoint endpoint, Family family) {
        return endpoints.addresses(endpoint).stream()
                .filter(one -> one.family() == family)
                .count();
    }

    private Stream<Explanation> all(Question question) {
        return flows(question).map(this::explain);
    }

    private static boolean isAboutCluster(Question question) {
        return question.from() instanceof Endpoint.OfCluster || question.to() instanceof Endpoint.OfCluster;
    }

    /**
     * The one explanation that answers a question: the first that rejects, otherwise the first. One that is only observed
     * gives way to one whose packets do not pass. Empty when the ends have no address family in common.
     */
    public Optional<Explanation> answer(Question question) {
        var answer = new AnswerSearch(isAboutCluster(question));
        List<IpAddress> targets = endpoints.addresses(question.to());
        for (IpAddress source : endpoints.addresses(question.from())) {
            for (IpAddress target : targets) {
                if (target.family() == source.family()) {
                    answer.consider(explain(question.service().between(source, target)));
                }
                if (answer.isFinal()) {
                    return answer.get();
                }
            }
        }
        return answer.get();
    }

    private Stream<FlowTuple> flows(Question question) {
        List<IpAddress> targets = endpoints.addresses(question.to());
        return endpoints.addresses(question.from()).stream()
                .flatMap(source -> targets.stream()
                        .filter(target -> target.family() == source.family())
                        .map(target -> question.service().between(source, target)));
    }

    static boolean isLoopback(Explanation explanation) {
        return explanation.judgement().reason() == Reason.SAME_INSTANCE;
    }

    private Optional<InstanceFilter> filterAt(IpAddress address) {
        return policy.instanceAt(address).map(policy::filterOf);
    }

    /** May {@code from} open this to {@code to}? An instance or cluster stands for each of its addresses. */
    public record Question(Endpoint from, Endpoint to, Service service) {}
}
