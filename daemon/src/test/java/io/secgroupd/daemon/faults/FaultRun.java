package io.secgroupd.daemon.faults;

import static org.awaitility.Awaitility.await;

import io.secgroupd.daemon.nfqueue.QueueStats;
import io.secgroupd.daemon.testkit.Exposition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.awaitility.core.ConditionTimeoutException;

/** Does one row: traffic, the fault, traffic again until all is well, and then the sums. */
final class FaultRun {

    private static final Duration PATIENCE = Duration.ofSeconds(40);

    /** Words of the log that no fault may bring about. */
    private static final List<String> DEFECTS =
            List.of("packet.failed", "policy.failed", "carry.failed", "loop.stopped", "OutOfMemoryError");

    private final FaultRow row;
    private final Scene scene;
    private final List<String> broken = new ArrayList<>();

    FaultRun(FaultRow row, Scene scene) {
        this.row = row;
        this.scene = scene;
    }

    Outcome outcome() {
        if (!happens()) {
            return new Outcome(row, Figures.NONE, broken);
        }
        Traffic traffic = scene.traffic();
        traffic.end();
        if (traffic.flow().isBroken()) {
            broken.add("the established connection is dead");
        }
        awaitSums();
        Optional<QueueStats> queue = scene.queue();
        endTheDaemon();
        LoggedDecisions log = LoggedDecisions.in(scene.flowLog());
        log.halfAPolicy().ifPresent(broken::add);
        var figures = new Figures(
                traffic.longestGap(),
                traffic.openTime(),
                traffic.flow().longestWait(),
                traffic.sent(),
                log.recorded(),
                log.lost(),
                queue.map(QueueStats::queueDropped).orElse(0L),
                queue.map(QueueStats::userDropped).orElse(0L));
        return new Outcome(row, figures, broken);
    }

    private boolean happens() {
        try {
            row.begin().inject(scene);
            scene.begin();
            scene.traffic().watch();
            row.fault().inject(scene);
            scene.traffic().awaitWell(scene.edit());
            return true;
        } catch (Exception | AssertionError e) {
            broken.add("this did not come about: " + e);
            return false;
        }
    }

    /** What the last daemon has counted is in its log. */
    private void awaitSums() {
        try {
            await().atMost(PATIENCE)
                    .ignoreExceptions()
                    .until(() ->
                            counted() == LoggedDecisions.in(scene.flowLog()).ofTheLastStart());
        } catch (ConditionTimeoutException e) {
            broken.add("the daemon has counted " + counted() + " decisions, and its log has "
                    + LoggedDecisions.in(scene.flowLog()).ofTheLastStart());
        }
    }

    private long counted() {
        Exposition metrics = scene.host.socket().metrics();
        String byKernel = "secgroupd_refused_by_kernel_total";
        return (long) (metrics.counter("secgroupd_decisions_total")
                + (metrics.has(byKernel) ? metrics.counter(byKernel) : 0));
    }

    private void endTheDaemon() {
        String log = scene.host.daemon().log();
        for (String defect : DEFECTS) {
            if (log.contains(defect)) {
                broken.add("the daemon's log has " + defect);
            }
        }
        scene.stop();
    }
}
