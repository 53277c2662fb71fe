package io.secgroupd.daemon.cli;

import io.secgroupd.daemon.admin.SystemdNotify;
import io.secgroupd.daemon.control.LoadedPolicy;
import io.secgroupd.daemon.dataplane.ActivePolicy;
import io.secgroupd.daemon.dataplane.PolicyInForce;
import io.secgroupd.daemon.dataplane.RuleCounters;
import io.secgroupd.rules.model.Instance;
import java.time.Instant;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The policy in force with what operators want to know of it; later ones are put in its place. */
final class RunningPolicy {

    private static final Logger LOG = LoggerFactory.getLogger(RunningPolicy.class);

    private final RuleCounters counters;
    private final SystemdNotify systemd;
    private final ActivePolicy active;
    private volatile InForce inForce;

    /** A policy, by what number, and since when. */
    record InForce(LoadedPolicy policy, long generation, Instant since) {}

    RunningPolicy(LoadedPolicy first, RuleCounters counters, SystemdNotify systemd) {
        this.counters = counters;
        this.systemd = systemd;
        this.inForce = new InForce(first, 1, Instant.now());
        this.active = new ActivePolicy(toJudge(inForce));
    }

    private PolicyInForce toJudge(InForce next) {
        var filter = next.policy().filter();
        return new PolicyInForce(filter, next.generation(), counters.of(filter));
    }

    /** For the control plane's thread alone. */
    void putInForce(LoadedPolicy loaded) {
        systemd.reloading();
        var next = new InForce(loaded, inForce.generation() + 1, Instant.now());
        active.replace(toJudge(next));
        inForce = next;
        loaded.warnings().forEach(problem -> LOG.warn("policy.problem {}", problem));
        LOG.info(
                "policy.reloaded generation={} hash={} instances={}",
                next.generation(),
                loaded.shortHash(),
                names(loaded));
        systemd.ready(sentence());
    }

    ActivePolicy active() {
        return active;
    }

    InForce inForce() {
        return inForce;
    }

    long generation() {
        return inForce.generation();
    }

    RuleCounters counters() {
        return counters;
    }

    /** For {@code systemctl status}. */
    String sentence() {
        InForce now = inForce;
        return "generation " + now.generation() + ", hash " + now.policy().shortHash() + ", judging for "
                + names(now.policy());
    }

    static String names(LoadedPolicy loaded) {
        return loaded.carried().instances().stream().map(Instance::name).collect(Collectors.joining(","));
    }
}
