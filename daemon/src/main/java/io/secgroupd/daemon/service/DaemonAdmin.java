package io.secgroupd.daemon.service;

import io.secgroupd.daemon.admin.AdminApi;
import io.secgroupd.daemon.admin.ApplyRequest;
import io.secgroupd.daemon.admin.DaemonStatus;
import io.secgroupd.daemon.admin.GuardRequest;
import io.secgroupd.daemon.admin.HoldOutcome;
import io.secgroupd.daemon.admin.ReloadOutcome;
import io.secgroupd.daemon.admin.RuleUse;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Serves the admin socket of the running daemon: with what it reports, what it changes, and what it says of a change to come. */
record DaemonAdmin(DaemonReport report, DaemonChanges changes, ChangeGuard guard, ShadowLane shadow, FleetTrials fleet)
        implements AdminApi {

    @Override
    public DaemonStatus status() {
        return report.status();
    }

    @Override
    public List<RuleUse> rules() {
        return report.rules();
    }

    @Override
    public void log(Instant from, OutputStream lines) throws IOException {
        new PastFlows(report.settings().flowLog().path()).write(from, lines);
    }

    @Override
    public Optional<String> objection(GuardRequest request) {
        return guard.objection(request);
    }

    @Override
    public ReloadOutcome reload() {
        return changes.reload();
    }

    @Override
    public ReloadOutcome apply(ApplyRequest request) {
        return changes.apply(request);
    }

    @Override
    public HoldOutcome hold(Optional<String> hash, Optional<String> by) {
        return changes.hold(hash, by);
    }

    @Override
    public ReloadOutcome confirm(String hash) {
        return changes.confirm(hash);
    }

    @Override
    public ReloadOutcome rollback() {
        return changes.rollback();
    }
}
