package io.secgroupd.daemon.service;

import io.secgroupd.daemon.admin.DaemonStatus;
import io.secgroupd.daemon.admin.DaemonStatus.DecisionCount;
import io.secgroupd.daemon.admin.DaemonStatus.EndStatus;
import io.secgroupd.daemon.admin.DaemonStatus.InstanceStatus;
import io.secgroupd.daemon.admin.DaemonStatus.LogEntry;
import io.secgroupd.daemon.admin.DaemonStatus.PolicyStatus;
import io.secgroupd.daemon.admin.DaemonStatus.RefusalStatus;
import io.secgroupd.daemon.admin.DaemonStatus.TrialStatus;
import io.secgroupd.daemon.admin.RuleUse;
import io.secgroupd.daemon.control.ControlPlane;
import io.secgroupd.daemon.control.HostPolicy;
import io.secgroupd.daemon.control.RefusedFiles;
import io.secgroupd.daemon.control.SteadyTime;
import io.secgroupd.daemon.control.Trial;
import io.secgroupd.daemon.dataplane.LoopCounters;
import io.secgroupd.daemon.dataplane.RuleCounter;
import io.secgroupd.daemon.flowlog.FlowLogWriter;
import io.secgroupd.daemon.log.DaemonLog;
import io.secgroupd.daemon.refused.RefusalCache;
import io.secgroupd.daemon.settings.DaemonSettings;
import io.secgroupd.daemon.shadow.ShadowKeeper;
import io.secgroupd.rules.decide.Reason;
import io.secgroupd.rules.decide.RuleTerms;
import io.secgroupd.rules.model.Rule;
import io.secgroupd.rules.net.Direction;
import io.secgroupd.rules.net.IpAddress;
import io.secgroupd.rules.net.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reports the state of the running daemon. */
record DaemonReport(
        DaemonSettings settings,
        String version,
        RunningPolicy running,
        PacketSource source,
        ControlPlane control,
        FlowLogWriter flowLog,
        RefusalCache cache,
        DaemonLog log,
        ShadowKeeper shadow,
        Instant started) {

    DaemonStatus status() {
        Instant at = Instant.now();
        return new DaemonStatus(
                version,
                settings.mode().name().toLowerCase(Locale.ROOT),
                SteadyTime.byTheWall(started, at),
                ProcessHandle.current().pid() + "-" + started.toEpochMilli(),
                at,
                policy(at),
                decisions(),
                log.lastProblem().map(line -> new LogEntry(SteadyTime.byTheWall(line.at(), at), line.text())),
                source.losses().waiting(),
                source.losses().dropped(),
                source.totals().latency(),
                source.hooks().version(),
                source.hooks().restored(),
                source.hooks().counts(),
                flowLog.lost(),
                source.answers(),
                cache.status(),
                flowLog.unitCounts(),
                shadow.report());
    }

    private PolicyStatus policy(Instant at) {
        RunningPolicy.Generation inForce = running.inForce();
        HostPolicy policy = inForce.policy();
        return new PolicyStatus(
                control.rules().toString(),
                inForce.generation(),
                policy.hash(),
                SteadyTime.byTheWall(inForce.since(), at),
                inForce.change(),
                policy.carried().instances().stream()
                        .map(instance -> new InstanceStatus(
                                instance.name(),
                                policy.compiled().policy().modeOf(instance).word(),
                                instance.addresses().stream()
                                        .map(IpAddress::toString)
                                        .toList(),
                                instance.securityGroups()))
                        .toList(),
                control.refusal().map(refusal -> refusal(refusal, at)),
                control.failures(),
                control.trial().map(trial -> trial(trial, at)),
                policy.nextEnd(at).map(DaemonReport::end));
    }

    private static EndStatus end(Rule rule) {
        return new EndStatus(
                rule.group(),
                rule.id(),
                rule.at().fileLine(),
                rule.terms(),
                rule.expires().orElse(Instant.MAX));
    }

    private static TrialStatus trial(Trial trial, Instant at) {
        return new TrialStatus(
                trial.asked().candidate().toString(),
                trial.hash(),
                trial.asked().by().orElse(""),
                SteadyTime.byTheWall(trial.until(), at),
                trial.before().hash(),
                trial.asked().fleet());
    }

    private static RefusalStatus refusal(RefusedFiles refusal, Instant at) {
        return new RefusalStatus(SteadyTime.byTheWall(refusal.since(), at), refusal.why(), refusal.problemTexts());
    }

    private List<DecisionCount> decisions() {
        List<LoopCounters> loops = source.totals().counters();
        var counts = new ArrayList<DecisionCount>();
        for (Direction direction : Direction.values()) {
            for (Verdict verdict : Verdict.values()) {
                for (Reason reason : Reason.values()) {
                    long packets = loops.stream()
                            .mapToLong(loop -> loop.decisions(direction, verdict, reason))
                            .sum();
                    long observed = verdict == Verdict.ACCEPT
                            ? 0
                            : loops.stream()
                                    .mapToLong(loop -> loop.observed(direction, reason))
                                    .sum();
                    counts.add(new DecisionCount(direction, verdict, reason, packets, observed));
                }
            }
        }
        return counts;
    }

    List<RuleUse> rules() {
        return running.inForce().policy().filter().rules().stream()
                .map(this::use)
                .toList();
    }

    private RuleUse use(RuleTerms terms) {
        RuleCounter counter = running.counters().counter(terms.rule());
        return new RuleUse(
                counter.group(),
                counter.rule(),
                terms.rule().at(),
                terms.text(),
                Instant.ofEpochMilli(counter.since()),
                counter.hits(),
                time(counter.first()),
                time(counter.last()));
    }

    private static Optional<Instant> time(long epochMillis) {
        return epochMillis == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(epochMillis));
    }
}
