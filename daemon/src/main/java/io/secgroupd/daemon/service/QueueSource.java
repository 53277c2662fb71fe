package io.secgroupd.daemon.service;

import io.secgroupd.daemon.answer.Answers;
import io.secgroupd.daemon.answer.Answers.AnswerTotals;
import io.secgroupd.daemon.answer.RefusalAnswers;
import io.secgroupd.daemon.control.PolicyChange;
import io.secgroupd.daemon.dataplane.ActivePolicy;
import io.secgroupd.daemon.dataplane.CutFlows;
import io.secgroupd.daemon.dataplane.DataPlane;
import io.secgroupd.daemon.dataplane.DecisionTotals;
import io.secgroupd.daemon.dataplane.LoopListener;
import io.secgroupd.daemon.flowlog.FlowRing;
import io.secgroupd.daemon.hooks.CommandRunner;
import io.secgroupd.daemon.hooks.Guard;
import io.secgroupd.daemon.hooks.Hooks;
import io.secgroupd.daemon.hooks.HooksException;
import io.secgroupd.daemon.hooks.SkeletonSettings;
import io.secgroupd.daemon.nfqueue.NfQueue;
import io.secgroupd.daemon.nfqueue.QueueException;
import io.secgroupd.daemon.settings.DaemonSettings;
import io.secgroupd.daemon.terms.FailureVerdicts.Stop;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes first packets from the kernel's queues, in modes enforce and observe. It opens the queues and checks the host's
 * tools while the policy is read: after a restart the hooks are already in place, and packets that come meanwhile wait
 * instead of being lost. It installs the hooks last.
 */
final class QueueSource implements PacketSource {

    private static final Logger LOG = LoggerFactory.getLogger(QueueSource.class);
    private static final String NOTHING_INSTALLED = "; nothing was installed";

    private final DaemonSettings settings;
    private final SkeletonSettings skeleton;
    private final OpenResources opened;
    private final Hooks hooks = new Hooks(CommandRunner.ofTheDaemon());
    private final CutFlows cutFlows = new CutFlows();
    private final CutConnections cutConnections;
    private final BackgroundTask<List<NfQueue>> opening;
    private final BackgroundTask<Hooks.Plan> planning;
    private final BackgroundTask<Boolean> warmingUp;
    private List<NfQueue> queues = List.of();
    private @Nullable DataPlane dataPlane;
    private @Nullable Guard guard;
    private @Nullable InstalledHooksReport report;
    private Optional<Answers> answers = Optional.empty();
    private boolean removed;

    /** Begins the slow work at once. */
    QueueSource(DaemonSettings settings, OpenResources opened) {
        this.settings = settings;
        this.skeleton = SettingsMapping.skeleton(settings);
        this.opened = opened;
        this.cutConnections = opened.add(SettingsMapping.cutConnections(settings, cutFlows));
        this.opening = BackgroundTask.begin("open-queues", this::openQueues);
        this.planning = BackgroundTask.begin(
                "plan-hooks", () -> hooks.plan(settings.hooks().backend()));
        this.warmingUp = BackgroundTask.begin("warm-up", () -> WarmUp.run(settings, WarmUp.LONGEST));
    }

    private List<NfQueue> openQueues() throws IOException {
        var all = new ArrayList<NfQueue>();
        for (var queue : SettingsMapping.queues(settings)) {
            all.add(opened.add(NfQueue.open(queue)));
        }
        return all;
    }

    @Override
    public int open() {
        try {
            queues = opening.get();
            return queues.size();
        } catch (QueueException e) {
            throw new StartException(e.getMessage() + NOTHING_INSTALLED, e);
        } catch (Exception e) {
            throw new StartException("the queue cannot be opened: " + FirstCause.of(e) + NOTHING_INSTALLED, e);
        }
    }

    @Override
    public void judge(ActivePolicy policy, List<FlowRing> rings, Runnable fault) {
        try {
            var sinks = rings.iterator();
            dataPlane = opened.add(DataPlane.start(
                    queues,
                    policy,
                    cutFlows,
                    SettingsMapping.loops(settings, hooks, openAnswers()),
                    sinks::next,
                    new QueueFaults(fault)));
        } catch (IOException e) {
            throw new StartException(e.getMessage() + NOTHING_INSTALLED, e);
        }
        boolean restarted = SettingsMapping.cuts(settings) && hooks.standing().isPresent();
        Hooks.Installed installed = installHooks();
        Guard started = opened.add(Guard.start(hooks, installed, skeleton));
        guard = started;
        report = new InstalledHooksReport(hooks, installed, skeleton, started::hooksRestored);
        cutConnections.tellMarkWriters();
        if (restarted) { // the policy and the mark for cut connections may differ from those of the earlier run
            cutConnections.follow(policy.inForce().filter(), Optional.empty(), judging()::settle);
        }
    }

    @Override
    public void awaitWarm() {
        try {
            LOG.debug("all packets for practice were judged: {}", warmingUp.get());
        } catch (Exception e) {
            LOG.warn("warmup.failed: the first packets will wait for what they need to be loaded", e);
        }
    }

    private RefusalAnswers openAnswers() {
        if (!SettingsMapping.answers(settings)) {
            return RefusalAnswers.NONE;
        }
        HostAnswers begun = opened.add(HostAnswers.open());
        answers = Optional.of(begun.answers());
        return begun.answers();
    }

    @Override
    public Optional<AnswerTotals> answers() {
        return answers.map(Answers::totals);
    }

    private Hooks.Installed installHooks() {
        try {
            return hooks.install(planning.get(), skeleton);
        } catch (Exception e) {
            throw new StartException(e.getMessage() + NOTHING_INSTALLED, e);
        }
    }

    @Override
    public void follow(PolicyChange change) {
        cutConnections.follow(change.policy().filter(), change.existing(), judging()::settle);
    }

    @Override
    public void heartbeat(Duration every, Runnable beat) {
        judging().heartbeat(every, beat);
    }

    private DataPlane judging() {
        return Objects.requireNonNull(dataPlane, "judge() has started it");
    }

    @Override
    public DecisionTotals totals() {
        return judging();
    }

    @Override
    public PacketLosses losses() {
        return new QueueLosses(SettingsMapping.queues(settings), judging()::counters);
    }

    @Override
    public HooksReport hooks() {
        return Objects.requireNonNull(report, "judge() has made it");
    }

    @Override
    public String words() {
        return "hooks=" + hooks().version() + " queues=" + queues.size();
    }

    @Override
    public void stop(boolean orderly) {
        removed = orderly && settings.on().stop() == Stop.REMOVE && removeHooks();
    }

    private boolean removeHooks() {
        if (guard != null) {
            guard.close(); // the guard would restore what is removed here
        }
        try {
            hooks.remove(settings.hooks().backend());
            return true;
        } catch (HooksException e) {
            LOG.error("hooks.failed {}", e.getMessage());
            return false;
        }
    }

    @Override
    public String lastWords() {
        if (removed) {
            return "hooks=removed: new connections are no longer judged";
        }
        return skeleton.opensWithoutListener()
                ? "hooks=kept: new connections are let through unjudged until the next start"
                : "hooks=kept: new connections are refused until the next start; to open the host: secgroupd hooks remove";
    }

    /** A queue that nobody serves drops every new connection, so the process ends and systemd starts another. */
    private record QueueFaults(Runnable fault) implements LoopListener {
        @Override
        public void faulted(RuntimeException first) {
            LOG.error(
                    "packet.failed; the setting on.internal_error answered it; later ones of this kind are counted",
                    first);
        }

        @Override
        public void stopped(Throwable why) {
            LOG.error("loop.stopped; the daemon ends", why);
            fault.run();
        }
    }
}
