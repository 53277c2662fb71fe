package io.secgroupd.controlplane.fleet.host;

import io.secgroupd.rules.file.PolicyFiles;
import io.secgroupd.rules.file.PolicyReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A daemon in memory, which answers as the real one does. Trials end by hand and not by time. */
final class FakeDaemon implements HostDaemon {

    /** What was asked, in order. */
    final List<String> calls = new ArrayList<>();

    private final Path rules;
    private String inForce;
    private Optional<String> trial = Optional.empty();
    private boolean isOfOperator;
    private long refused;
    private String start = "1";
    private Optional<String> objection = Optional.empty();
    private boolean isGone;
    private boolean isStubborn;
    private Runnable onTrial = () -> {};
    private Runnable onEnd = () -> {};

    FakeDaemon(Path rules) {
        this.rules = rules;
        this.inForce = PolicyReader.read(rules).hash();
    }

    synchronized void refuseFrom(String sentence) {
        objection = Optional.of(sentence);
    }

    synchronized void takeAll() {
        objection = Optional.empty();
    }

    synchronized void doNotConfirm() {
        isStubborn = true;
    }

    synchronized void setGone(boolean gone) {
        isGone = gone;
    }

    synchronized void refusePackets(long count) {
        refused += count;
    }

    /** The daemon is restarted, and reads files of this hash. */
    synchronized void restartOn(String hash) {
        start += "1";
        refused = 0;
        trial = Optional.empty();
        inForce = hash;
    }

    synchronized void operatorTries(String hash) {
        trial = Optional.of(hash);
        isOfOperator = true;
    }

    synchronized void operatorEnds() {
        trial = Optional.empty();
        isOfOperator = false;
    }

    /** The trial ends by time, or the daemon was restarted. */
    synchronized void endTrial() {
        trial = Optional.empty();
    }

    synchronized void whileOnTrial(Runnable begin, Runnable end) {
        onTrial = begin;
        onEnd = end;
    }

    synchronized String inForce() {
        return inForce;
    }

    synchronized List<String> calls() {
        return List.copyOf(calls);
    }

    private void call(String name) throws IOException {
        if (isGone) {
            throw new IOException("The daemon does not answer.");
        }
        if (!name.isEmpty()) {
            calls.add(name);
        }
    }

    @Override
    public synchronized DaemonState state() throws IOException {
        call("");
        return new DaemonState(inForce, trial, refused, start);
    }

    @Override
    public synchronized DaemonAnswer tryOut(PolicyFiles candidate, String hash, Duration time) throws IOException {
        call("try");
        String read = PolicyReader.read(candidate).hash();
        if (!read.equals(hash) || !candidate.first().equals(rules)) {
            return new DaemonAnswer(false, "This is another policy.");
        }
        if (trial.isPresent() || objection.isPresent()) {
            return new DaemonAnswer(false, objection.orElse("A trial is under way."));
        }
        trial = Optional.of(hash);
        onTrial.run();
        return new DaemonAnswer(true, "");
    }

    private DaemonAnswer own(String hash) {
        boolean own = trial.filter(hash::equals).isPresent() && !isOfOperator;
        return new DaemonAnswer(own, own ? "" : "There is no such trial.");
    }

    @Override
    public synchronized DaemonAnswer hold(String hash) throws IOException {
        call("hold");
        return own(hash);
    }

    @Override
    public synchronized DaemonAnswer confirm(String hash) throws IOException {
        call("confirm");
        if (isStubborn) {
            return new DaemonAnswer(false, "This is not confirmed.");
        }
        if (!PolicyReader.read(rules).hash().equals(hash)) {
            return new DaemonAnswer(false, "The files say something else.");
        }
        if (own(hash).done()) {
            inForce = hash;
            trial = Optional.empty();
            return new DaemonAnswer(true, "");
        }
        return own(hash);
    }

    @Override
    public synchronized DaemonAnswer rollBack(String hash) throws IOException {
        call("roll back");
        DaemonAnswer answer = own(hash);
        if (answer.done()) {
            trial = Optional.empty();
            onEnd.run();
        }
        return answer;
    }
}
