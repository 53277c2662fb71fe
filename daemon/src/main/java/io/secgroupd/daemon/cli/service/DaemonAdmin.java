package io.secgroupd.daemon.cli.service;

import io.secgroupd.daemon.admin.AdminApi;
import io.secgroupd.daemon.admin.AdminServer;
import io.secgroupd.daemon.admin.ApplyRequest;
import io.secgroupd.daemon.admin.DaemonStatus;
import io.secgroupd.daemon.admin.DaemonStatus.Carried;
import io.secgroupd.daemon.admin.DaemonStatus.DecisionCount;
import io.secgroupd.daemon.admin.DaemonStatus.LogLine;
import io.secgroupd.daemon.admin.DaemonStatus.PolicyStatus;
import io.secgroupd.daemon.admin.DaemonStatus.Refusal;
import io.secgroupd.daemon.admin.DaemonStatus.Trial;
import io.secgroupd.daemon.admin.FlowFollowers;
import io.secgroupd.daemon.admin.HoldOutcome;
import io.secgroupd.daemon.admin.ReloadOutcome;
import io.secgroupd.daemon.admin.RuleUse;
import io.secgroupd.daemon.admin.SocketFile;
import io.secgroupd.daemon.cli.common.Version;
import io.secgroupd.daemon.cli.log.DaemonLog;
import io.secgroupd.daemon.control.ControlPlane;
import io.secgroupd.daemon.control.HostPolicy;
import io.secgroupd.daemon.control.SteadyTime;
import io.secgroupd.daemon.dataplane.DecisionTotals;
import io.secgroupd.daemon.dataplane.LoopCounters;
import io.secgroupd.daemon.dataplane.RuleCounter;
import io.secgroupd.daemon.flowlog.FlowLogWriter;
import io.secgroupd.daemon.settings.DaemonSettings;
import io.secgroupd.rules.decide.Reason;
import io.secgroupd.rules.decide.RuleTerms;
import io.secgroupd.rules.net.Direction;
import io.secgroupd.rules.net.IpAddress;
import io.secgroupd.rules.net.Verdict;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The running daemon as its admin socket shows it. */
public record DaemonAdmin(
        DaemonSettings settings,
        RunningPolicy running,
        DecisionTotals totals,
        PacketAccount account,
        ControlPlane control,
        FlowLogWriter flowLog,
        HooksAccount hooks,
        DaemonLog log,
        Trials trials,
        Instant started)
        implements AdminApi {

    private static final Logger LOG = LoggerFactory.getLogger(DaemonAdmin.class);

    private static final String CANNOT_CUT = "refused: with these settings the kernel knows no cut connections; set "
            + "established: cut and mode: enforce in daemon.yaml and restart, or leave --existing cut out";

    DaemonAdmin(
            DaemonSettings settings,
            RunningPolicy running,
            DecisionTotals totals,
            PacketAccount account,
            ControlPlane control,
            FlowLogWriter flowLog,
            HooksAccount hooks,
            DaemonLog log,
            Trials trials) {
        this(settings, running, totals, account, control, flowLog, hooks, log, trials, SteadyTime.now());
    }

    /** A host is protected with or without its admin socket: what fails here is said, and the daemon goes on. */
    static void start(DaemonSettings settings, AdminApi api, FlowFollowers followers, Opened opened) {
        opened.addAll(() -> listen(settings, api, followers, opened));
    }

    private static void listen(DaemonSettings settings, AdminApi api, FlowFollowers followers, Opened opened) {
        var server = opened.add(new AdminServer(api, followers));
        try {
            server.listen(opened.add(
                    new SocketFile(settings.admin().socket(), settings.admin().group())));
        } catch (IOException e) {
            LOG.error("admin.failed {}; status and reload cannot reach this daemon", e.getMessage());
        }
        settings.metricsListen().ifPresent(address -> {
            try {
                server.serveMetrics(address);
            } catch (IOException e) {
                LOG.error("metrics.failed {}; correct metrics.listen", e.getMessage());
            }
        });
    }

    /** What systemd names, else where it would be. */
    public static Path stateDirectory(Map<String, String> environment) {
        return Path.of(environment.getOrDefault("STATE_DIRECTORY", "/var/lib/secgroupd"));
    }

    @Override
    public DaemonStatus status() {
        Instant at = Instant.now();
        return new DaemonStatus(
                Version.text(),
                settings.mode().name().toLowerCase(Locale.ROOT),
                SteadyTime.byTheWall(started, at),
                at,
                policy(at),
                decisions(),
                log.lastProblem().map(line -> new LogLine(SteadyTime.byTheWall(line.at(), at), line.text())),
                account.waiting(),
                account.dropped(),
                totals.latency(),
                hooks.version(),
                hooks.restored(),
                hooks.counts(),
                flowLog.lost());
    }

    private PolicyStatus policy(Instant at) {
        RunningPolicy.InForce inForce = running.inForce();
        HostPolicy policy = inForce.policy();
        return new PolicyStatus(
                control.rules().toString(),
                inForce.generation(),
                policy.hash(),
                SteadyTime.byTheWall(inForce.since(), at),
                inForce.change(),
                policy.carried().instances().stream()
                        .map(instance -> new Carried(
                                instance.name(),
                                instance.addresses().stream()
                                        .map(IpAddress::toString)
                                        .toList(),
                                instance.securityGroups()))
                        .toList(),
                control.refusal().map(refusal -> refusal(refusal, at)),
                control.failures(),
                control.trial().map(trial -> trial(trial, at)));
    }

    private static Trial trial(io.secgroupd.daemon.control.Trial trial, Instant at) {
        return new Trial(
                trial.asked().candidate().toString(),
                trial.hash(),
                trial.asked().by().orElse(""),
                SteadyTime.byTheWall(trial.until(), at));
    }

    private static Refusal refusal(ControlPlane.Refusal refusal, Instant at) {
        return new Refusal(SteadyTime.byTheWall(refusal.since(), at), refusal.why(), problems(refusal));
    }

    private static List<String> problems(ControlPlane.Refusal refusal) {
        return refusal.problems().stream().map(Object::toString).toList();
    }

    private List<DecisionCount> decisions() {
        List<LoopCounters> loops = totals.counters();
        var counts = new ArrayList<DecisionCount>();
        for (Direction direction : Direction.values()) {
            for (Verdict verdict : Verdict.values()) {
                for (Reason reason : Reason.values()) {
                    long packets = loops.stream()
                            .mapToLong(loop -> loop.decisions(direction, verdict, reason))
                            .sum();
                    counts.add(new DecisionCount(direction, verdict, reason, packets));
                }
            }
        }
        return counts;
    }

    @Override
    public List<RuleUse> rules() {
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

    @Override
    public ReloadOutcome reload() {
        if (control.trial().isPresent()) {
            return outcome(
                    false, "a candidate is being tried; end that first, by secgroupd confirm or rollback", List.of());
        }
        return control.reloadNow()
                .map(no -> outcome(false, "refused: " + no.why(), problems(no)))
                .orElseGet(() -> outcome(true, "", List.of()));
    }

    @Override
    public ReloadOutcome apply(ApplyRequest request) {
        if (request.existing().equals(Optional.of("cut")) && !SettingsMapping.cuts(settings)) {
            return outcome(false, CANNOT_CUT, List.of());
        }
        return trials.start(request)
                .map(no -> outcome(false, "refused: " + no.why(), no.problems()))
                .orElseGet(() -> outcome(true, "", List.of()));
    }

    @Override
    public HoldOutcome hold(Optional<String> hash, Optional<String> by) {
        try {
            return new HoldOutcome(Optional.of(trials.hold(hash, by)), outcome(true, "", List.of()));
        } catch (Trials.NotHeldException e) {
            return new HoldOutcome(Optional.empty(), outcome(false, String.valueOf(e.getMessage()), List.of()));
        }
    }

    @Override
    public ReloadOutcome confirm(String hash) {
        return control.confirm(hash)
                .map(no -> outcome(false, no, List.of()))
                .orElseGet(() -> outcome(true, "", List.of()));
    }

    @Override
    public ReloadOutcome rollback() {
        return control.rollBack()
                ? outcome(true, "", List.of())
                : outcome(false, "no candidate is being tried", List.of());
    }

    private ReloadOutcome outcome(boolean done, String why, List<String> problems) {
        RunningPolicy.InForce inForce = running.inForce();
        return new ReloadOutcome(
                done,
                inForce.generation(),
                inForce.policy().hash(),
                done ? sentence(inForce) : why + "; generation " + inForce.generation() + " stays in force",
                problems);
    }

    private static String sentence(RunningPolicy.InForce inForce) {
        return "generation " + inForce.generation() + " is in force, hash "
                + inForce.policy().shortHash()
                + (inForce.change().isEmpty() ? "" : "; what it changed: " + inForce.change());
    }
}
