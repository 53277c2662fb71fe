package io.secgroupd.controlplane.simulation;

import io.secgroupd.controlplane.fleet.host.HostDaemon;
import io.secgroupd.rules.file.PolicyFiles;
import io.secgroupd.rules.file.PolicyReader;
import io.secgroupd.rules.file.UnfinishedFiles;
import io.secgroupd.rules.testkit.SimulatedClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * The daemon of a host that follows a fleet, as its manual page promises it: it follows its files unless somebody is writing
 * them, and what is on trial for its time.
 */
final class PulledDaemon implements HostDaemon {

    private static final Duration TIME_TO_WRITE = Duration.ofSeconds(30);

    private final Path rules;
    private final SimulatedClock clock;
    private String judging;
    private String lastGood;
    private Optional<Tried> trial = Optional.empty();
    private boolean down;
    private int starts;

    private record Tried(String hash, long until, boolean operators) {}

    PulledDaemon(Path rules, SimulatedClock clock) {
        this.rules = rules;
        this.clock = clock;
        judging = PolicyReader.read(rules).hash();
        lastGood = judging;
    }

    /** The hash of the policy by which it judges; empty while it is down. */
    Optional<String> judging() {
        return down ? Optional.empty() : Optional.of(judging);
    }

    boolean isOnTrial() {
        return trial.isPresent();
    }

    /** Whether the trial is one of an operator. */
    boolean isOnOwnTrial() {
        return trial.filter(Tried::operators).isPresent();
    }

    /** The time has gone on. */
    void tick() {
        if (trial.filter(tried -> tried.until() <= clock.now()).isPresent()) {
            end();
        }
    }

    private void end() {
        trial = Optional.empty();
        judging = lastGood;
        look();
    }

    /** Reads its files, unless something is tried. */
    void look() {
        if (!down && trial.isEmpty() && UnfinishedFiles.problem(rules).isEmpty()) {
            var read = PolicyReader.read(rules);
            if (read.policy().isPresent()) {
                judging = read.hash();
                lastGood = judging;
            }
        }
    }

    void kill() {
        trial = Optional.empty();
        judging = lastGood;
        down = true;
    }

    void start() {
        if (down) {
            down = false;
            starts++;
            look();
        }
    }

    /** An operator tries what he has not written yet. */
    void operatorTries(String hash, long millis) {
        if (!down && trial.isEmpty()) {
            trial = Optional.of(new Tried(hash, clock.now() + millis, true));
            judging = hash;
        }
    }

    void operatorEnds() {
        if (isOnOwnTrial()) {
            end();
        }
    }

    private void requireUp() throws IOException {
        tick();
        if (down) {
            throw new IOException("The daemon does not answer.");
        }
    }

    @Override
    public DaemonState state() throws IOException {
        requireUp();
        return new DaemonState(lastGood, trial.map(Tried::hash), 0, String.valueOf(starts));
    }

    @Override
    public DaemonAnswer tryOut(PolicyFiles candidate, String hash, Duration time) throws IOException {
        requireUp();
        if (isOnOwnTrial()) {
            throw new IOException("An operator is trying a candidate.");
        }
        boolean same = PolicyReader.read(candidate).hash().equals(hash);
        if (same) {
            trial = Optional.of(new Tried(hash, clock.now() + time.toMillis(), false));
            judging = hash;
        }
        return new DaemonAnswer(same, same ? "" : "This is another policy.");
    }

    private boolean isOn(String hash) {
        return trial.filter(tried -> !tried.operators() && tried.hash().equals(hash))
                .isPresent();
    }

    @Override
    public DaemonAnswer hold(String hash) throws IOException {
        requireUp();
        boolean on = isOn(hash);
        if (on) {
            long until = clock.now() + TIME_TO_WRITE.toMillis();
            trial = trial.map(tried -> new Tried(hash, Math.max(until, tried.until()), false));
        }
        return new DaemonAnswer(on, on ? "" : "This is not being tried.");
    }

    @Override
    public DaemonAnswer confirm(String hash) throws IOException {
        requireUp();
        boolean done = isOn(hash)
                && Files.exists(rules)
                && PolicyReader.read(rules).hash().equals(hash);
        if (done) {
            trial = Optional.empty();
            lastGood = hash;
        }
        return new DaemonAnswer(done, done ? "" : "This is not being tried, or the files say something else.");
    }

    @Override
    public DaemonAnswer rollBack(String hash) throws IOException {
        requireUp();
        boolean on = isOn(hash);
        if (on) {
            end();
        }
        return new DaemonAnswer(on, on ? "" : "This is not being tried.");
    }
}
