package io.secgroupd.daemon.service;

import io.secgroupd.daemon.admin.SystemdNotify;
import io.secgroupd.daemon.control.HostPolicy;
import io.secgroupd.daemon.control.SteadyTime;
import io.secgroupd.daemon.dataplane.ActivePolicy;
import io.secgroupd.daemon.dataplane.PolicyInForce;
import io.secgroupd.daemon.dataplane.RuleCounters;
import io.secgroupd.daemon.refused.RefusalCache;
import io.secgroupd.daemon.shadow.ShadowLedger;
import io.secgroupd.rules.analyze.ChangeSentence;
import io.secgroupd.rules.analyze.ExpiredRules;
import io.secgroupd.rules.model.HostInstance;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Holds the policy in force, with what operators want to know about it, and replaces it with later ones. */
final class RunningPolicy {

    private static final Logger LOG = LoggerFactory.getLogger(RunningPolicy.class);

    private final RuleCounters counters;
    private final SystemdNotify systemd;
    private final ShadowLedger shadow;
    private final RefusalCache cache;
    private final ActivePolicy active;
    private volatile Generation inForce;

    /**
     * The policy in force, its generation, and the time since when it is in force.
     *
     * @param change a sentence that says what it changed; empty for the first policy, and until the change is known
     */
    record Generation(HostPolicy policy, long generation, Instant since, String change) {}

    /**
     * @param shadow names the candidate to be judged beside each policy
     * @param cache forgets what the policy before has refused
     */
    RunningPolicy(
            HostPolicy first, RuleCounters counters, ShadowLedger shadow, RefusalCache cache, SystemdNotify systemd) {
        this.cache = cache;
        this.counters = counters;
        this.shadow = shadow;
        this.systemd = systemd;
        this.inForce = new Generation(first, 1, SteadyTime.now(), "");
        this.active = new ActivePolicy(toJudge(inForce, cache.edition()));
    }

    private PolicyInForce toJudge(Generation next, long edition) {
        var filter = next.policy().filter();
        return new PolicyInForce(filter, next.generation(), counters.of(filter), shadow.beside(filter), edition);
    }

    private void judge(Generation next) {
        cache.replacePolicy(edition -> active.replace(toJudge(next, edition)));
    }

    /** Puts a policy in force and returns the earlier one. Only the control plane's thread may call this. */
    synchronized Generation putInForce(HostPolicy loaded) {
        systemd.reloading();
        Generation before = inForce;
        var next = new Generation(loaded, before.generation() + 1, SteadyTime.now(), "");
        judge(next);
        inForce = next;
        return before;
    }

    /** Puts the same policy in force for the host's current addresses, with the same generation and without a report. */
    synchronized void readdress(HostPolicy loaded) {
        Generation now = inForce;
        var next = new Generation(loaded, now.generation(), now.since(), now.change());
        judge(next);
        inForce = next;
    }

    /** Has packets judged by the same policy with another candidate beside it, or with none. Any thread may call this. */
    synchronized void judgeAgain() {
        judge(inForce);
    }

    /** Logs what has changed. That takes a moment, so nothing that protects the host may wait for it. */
    void tell(Generation before, Duration took) {
        Generation now = inForce;
        String change = change(before.policy(), now.policy());
        inForce = new Generation(now.policy(), now.generation(), now.since(), change);
        remark(now.policy());
        LOG.info(
                "policy.reloaded generation={} hash={} instances={} took={}ms: {}",
                now.generation(),
                now.policy().shortHash(),
                now.policy().names(),
                took.toMillis(),
                change);
        systemd.ready(sentence());
    }

    private static String change(HostPolicy before, HostPolicy after) {
        if (!before.hash().equals(after.hash())) {
            return ChangeSentence.of(before.compiled(), after.compiled());
        }
        String expired = ExpiredRules.between(
                        after.sound().written(),
                        before.sound().at(),
                        after.sound().at())
                .sentence();
        return expired.isEmpty() ? "the same rules, for other instances of this host" : expired;
    }

    /** Logs warnings about a policy that is valid. */
    static void remark(HostPolicy loaded) {
        loaded.warnings().forEach(problem -> LOG.warn("policy.problem {}", problem));
        loaded.carried().passedOver().forEach(sentence -> LOG.warn("carry.passed_over {}", sentence));
        HostInstance answers = loaded.carried().hostInstance();
        if (answers == HostInstance.Nobody.REFUSE) {
            LOG.warn(
                    "carry.no_host_instance: this host is {}; its addresses that no instance lists are refused,"
                            + " unless daemon.yaml names one of these as host_instance",
                    loaded.names());
        } else if (answers == HostInstance.Nobody.OPEN) {
            LOG.warn("carry.open_host: daemon.yaml says host_instance: open; this host's addresses that no instance"
                    + " lists are open to everybody");
        }
    }

    ActivePolicy active() {
        return active;
    }

    Generation inForce() {
        return inForce;
    }

    RuleCounters counters() {
        return counters;
    }

    /** The line that {@code systemctl status} shows. */
    String sentence() {
        Generation now = inForce;
        return "generation " + now.generation() + ", hash " + now.policy().shortHash() + ", judging for "
                + now.policy().names();
    }
}
