package io.secgroupd.daemon.admin;

import io.secgroupd.daemon.admin.DaemonStatus.DecisionCount;
import io.secgroupd.daemon.admin.DaemonStatus.DropCount;
import io.secgroupd.daemon.admin.DaemonStatus.EndStatus;
import io.secgroupd.daemon.admin.DaemonStatus.InstanceStatus;
import io.secgroupd.daemon.admin.DaemonStatus.KernelCount;
import io.secgroupd.daemon.admin.DaemonStatus.LogEntry;
import io.secgroupd.daemon.admin.DaemonStatus.PolicyStatus;
import io.secgroupd.daemon.admin.DaemonStatus.QueueStatus;
import io.secgroupd.daemon.admin.DaemonStatus.RefusalStatus;
import io.secgroupd.daemon.admin.HoldOutcome.HeldCandidate;
import io.secgroupd.daemon.answer.Answers.AnswerTotals;
import io.secgroupd.daemon.dataplane.DecisionTotals.DecisionLatency;
import io.secgroupd.daemon.refused.CacheStatus;
import io.secgroupd.daemon.units.UnitCounts;
import io.secgroupd.rules.decide.Reason;
import io.secgroupd.rules.net.Direction;
import io.secgroupd.rules.net.Verdict;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** A daemon that is always in one state: 3 accepted, 2 rejected, one of two rules used, the files refused for 90 s. */
final class FakeDaemon implements AdminApi {

    static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

    boolean sound;
    List<String> groups = List.of("sg-app", "sg-all");
    boolean kernelTells = true;
    boolean broken;
    int reloads;
    String confirmed = "";
    volatile boolean blocked;
    CountDownLatch blocking = new CountDownLatch(0);
    int loggedLines;
    Instant logFrom = Instant.MAX;
    CountDownLatch logRead = new CountDownLatch(1);

    @Nullable
    ApplyRequest applied;

    @Nullable
    GuardRequest asked;

    final FakeShadow shadow = new FakeShadow();

    /** What the trials of {@code pull} were asked for, in words. */
    final List<String> fleetAsked = new ArrayList<>();

    /** It objects to every change that lets a policy end in "bad". */
    @Override
    public Optional<String> objection(GuardRequest request) {
        asked = request;
        return request.after().equals("bad") ? Optional.of("the test \"db\" fails") : Optional.empty();
    }

    @Override
    public DaemonStatus status() {
        if (broken) {
            throw new IllegalStateException("no status");
        }
        blockIfAskedTo();
        Histogram nanos = new Histogram(2);
        nanos.recordValueWithCount(40_000, 4);
        nanos.recordValueWithCount(3_000_000, 1);
        return new DaemonStatus(
                "0.1.0",
                "enforce",
                NOW.minusSeconds(90_000),
                "12-34",
                NOW,
                policy(),
                List.of(
                        new DecisionCount(Direction.INGRESS, Verdict.ACCEPT, Reason.RULE, 3, 0),
                        new DecisionCount(Direction.INGRESS, Verdict.REJECT, Reason.NO_MATCHING_RULE, 2, 1),
                        new DecisionCount(Direction.EGRESS, Verdict.ACCEPT, Reason.RULE, 0, 0)),
                Optional.of(
                        new LogEntry(NOW.minusSeconds(30), "hooks.restored count=4: another program had changed them")),
                List.of(new QueueStatus(4700, kernel(7), 16384), new QueueStatus(4701, kernel(0), 16384)),
                List.of(new DropCount("queue_full", kernel(11)), new DropCount("gone", OptionalLong.of(3))),
                new DecisionLatency(nanos, 3_160_000),
                "iptables v1.8.9 (nf_tables)",
                4,
                List.of(new KernelCount("input", "queued", 16), new KernelCount("input", "invalid", 6)),
                5,
                Optional.of(new AnswerTotals(7, 8, 9)),
                new CacheStatus("", 10, 1200),
                Optional.of(new UnitCounts(90, 4, 3, 2)),
                shadow.report());
    }

    private void blockIfAskedTo() {
        blocked = blocking.getCount() > 0;
        try {
            blocking.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private OptionalLong kernel(long number) {
        return kernelTells ? OptionalLong.of(number) : OptionalLong.empty();
    }

    private PolicyStatus policy() {
        return new PolicyStatus(
                "/etc/secgroupd/rules.yaml",
                6,
                "0123456789abcdef",
                NOW.minusSeconds(3700),
                "app-1: inbound newly allowed tcp 443 from any",
                List.of(new InstanceStatus("app-1", "enforce", List.of("10.0.1.10", "2001:db8:1::10"), groups)),
                sound
                        ? Optional.empty()
                        : Optional.of(new RefusalStatus(
                                NOW.minusSeconds(90), "1 errors", List.of("rules.yaml:3:1: error: no"))),
                8,
                Optional.empty(),
                Optional.of(new EndStatus(
                        "sg-app", "sgr-2", "rules.yaml:6", "tcp 22 from 203.0.113.7/32", NOW.plusSeconds(2520))));
    }

    @Override
    public List<RuleUse> rules() {
        Instant since = NOW.minusSeconds(86_400);
        return List.of(
                new RuleUse(
                        "sg-app",
                        "sgr-1",
                        "rules.yaml:5",
                        "tcp 443 from any",
                        since,
                        3,
                        Optional.of(NOW.minusSeconds(600)),
                        Optional.of(NOW.minusSeconds(60))),
                new RuleUse(
                        "sg-all",
                        "sgr-22",
                        "rules.yaml:9",
                        "icmp from any",
                        NOW.minusSeconds(7200),
                        0,
                        Optional.empty(),
                        Optional.empty()));
    }

    @Override
    public void log(Instant from, OutputStream lines) throws IOException {
        logFrom = from;
        for (int i = 0; i < loggedLines; i++) {
            lines.write(("{\"seq\":" + i + "}\n").getBytes(StandardCharsets.UTF_8));
        }
        logRead.countDown();
        if (broken) {
            throw new IOException("flows.log is no file");
        }
    }

    @Override
    public ReloadOutcome reload() {
        reloads++;
        return sound
                ? new ReloadOutcome(true, 7, "fedcba", "generation 7 is in force", List.of())
                : new ReloadOutcome(false, 6, "012345", "refused: 1 errors", List.of("rules.yaml:3:1: error: no"));
    }

    @Override
    public ReloadOutcome apply(ApplyRequest request) {
        applied = request;
        return reload();
    }

    @Override
    public HoldOutcome hold(Optional<String> hash, Optional<String> by) {
        return new HoldOutcome(
                Optional.of(new HeldCandidate(
                        hash.orElse("none"), "/etc/secgroupd/rules.yaml", "abc", by.orElse(""), "version: 1\n")),
                reload());
    }

    @Override
    public ReloadOutcome confirm(String hash) {
        confirmed = hash;
        return reload();
    }

    @Override
    public ReloadOutcome rollback() {
        return reload();
    }

    @Override
    public ShadowApi shadow() {
        return shadow;
    }

    @Override
    public FleetApi fleet() {
        return new FleetApi() {
            @Override
            public ReloadOutcome tryOut(GuardRequest revision, Duration time) {
                asked = revision;
                return done("try " + revision.after() + " " + time);
            }

            @Override
            public ReloadOutcome hold(String hash) {
                return done("hold " + hash);
            }

            @Override
            public ReloadOutcome confirm(String hash) {
                return done("confirm " + hash);
            }

            @Override
            public ReloadOutcome rollBack(String hash) {
                return done("roll back " + hash);
            }

            private ReloadOutcome done(String words) {
                fleetAsked.add(words);
                return reload();
            }
        };
    }
}
