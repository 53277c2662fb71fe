package io.secgroupd.controlplane.aws.api;

import io.secgroupd.controlplane.aws.AwsRefusal;
import io.secgroupd.controlplane.aws.api.AuditLog.Asked;
import io.secgroupd.controlplane.aws.api.SoundRevision.Base;
import io.secgroupd.controlplane.aws.operation.OperationPlan;
import io.secgroupd.controlplane.aws.operation.PolicyState;
import io.secgroupd.controlplane.publish.Published;
import io.secgroupd.controlplane.publish.Publisher;
import io.secgroupd.controlplane.store.Origin;
import io.secgroupd.controlplane.store.PolicyStore;
import io.secgroupd.controlplane.store.Revision;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes changes one after the other, or several that wait together as one. A change that was planned on files which somebody else has edited since is planned again,
 * so that no hand edit is ever lost.
 */
public final class WriteLane {

    private static final Logger LOG = LoggerFactory.getLogger(WriteLane.class);

    /** Whoever edits the file faster than it can be read ten times in a row is a program in error. */
    private static final int ATTEMPTS = 10;

    /** So that a request which cannot join waits for a bounded change. */
    private static final int MOST_TOGETHER = 31;

    private final SoundRevision inForce;
    private final Publisher publisher;
    private final Clock clock;
    private final ReentrantLock turn = new ReentrantLock(true);
    private final Queue<WriteTicket> waiting = new ConcurrentLinkedQueue<>();

    public WriteLane(PolicyStore store, Publisher publisher, Clock clock) {
        this.inForce = new SoundRevision(store);
        this.publisher = publisher;
        this.clock = clock;
    }

    /** Reads the policy, so that the first request need not wait for that. What is wrong with it is told to whoever asks. */
    public void prepare() {
        try {
            inForce.state();
        } catch (IOException | AwsRefusal e) {
            LOG.debug("serve.unread {}", e.toString());
        }
    }

    SoundRevision inForce() {
        return inForce;
    }

    /**
     * How a change is made.
     *
     * @param dryRun whether to stop before anything is written
     * @param client the client's own connection, which must stay possible; empty when it does not cross the network
     */
    record Manner(boolean dryRun, Optional<String> client) {}

    /** A change that is in force. */
    record Done(OperationPlan plan, PolicyState state) {}

    /**
     * Makes a change and notes it in the audit.
     *
     * @param planner plans it on a state; called again when the state is outdated
     * @throws AwsRefusal when it is refused; then nothing has changed
     */
    Done write(Asked asked, Function<PolicyState, OperationPlan> planner, Manner manner) throws IOException {
        var ticket = new WriteTicket(asked, planner, manner);
        waiting.add(ticket);
        turn.lock();
        try {
            waiting.remove(ticket);
            if (ticket.done().isEmpty()) {
                share(ticket);
            }
            return ticket.done().isPresent() ? ticket.done().get() : alone(ticket);
        } finally {
            turn.unlock();
        }
    }

    /** How many requests wait for their turn. */
    int waiting() {
        return waiting.size();
    }

    /** Makes a request together with those that wait and can join it. Whatever goes wrong, each has its own turn then. */
    private void share(WriteTicket first) {
        List<WriteTicket> others =
                waiting.stream().filter(first::canJoin).limit(MOST_TOGETHER).toList();
        try {
            for (int attempt = 0; attempt < ATTEMPTS && !others.isEmpty(); attempt++) {
                DraftAhead ahead = inForce.ahead(
                        state -> SharedChange.of(state, first, others).changes());
                Base base = inForce.base();
                SharedChange shared = SharedChange.of(base.state(), first, others);
                if (shared.parts().size() < 2) {
                    return;
                }
                Published result =
                        publisher.publish(base.revision(), base.state().policy(), request(shared, first), ahead.get());
                if (result instanceof Published.InForce done) {
                    inForce.adopt(done.revision());
                    shared.parts().forEach(part -> done(part, base.revision(), done.revision()));
                }
                if (!(result instanceof Published.OutOfDate)) {
                    return;
                }
            }
        } catch (AwsRefusal | IOException e) {
            LOG.debug("api.not_shared {}", e.toString());
        }
    }

    private Publisher.Request request(SharedChange shared, WriteTicket first) {
        return new Publisher.Request(
                shared.changes(),
                shared.origin(clock.instant()),
                false,
                first.manner().client());
    }

    private void done(SharedChange.Part part, Revision before, Revision after) {
        AuditLog.wrote(part.ticket().asked(), part.plan().targets(), "ok", before.hash(), after.hash());
        part.ticket().done(new Done(part.plan(), inForce.known()));
    }

    private Done alone(WriteTicket ticket) throws IOException {
        var trace = new Trace();
        Asked asked = ticket.asked();
        try {
            Done done = write(asked, ticket::plan, ticket.manner(), trace);
            AuditLog.wrote(asked, trace.targets, "ok", trace.before, trace.after);
            return done;
        } catch (AwsRefusal refusal) {
            AuditLog.wrote(asked, trace.targets, refusal.error().code(), trace.before, trace.before);
            throw refusal;
        } catch (IOException | RuntimeException e) {
            AuditLog.wrote(asked, trace.targets, "failed", trace.before, trace.before);
            throw e;
        }
    }

    /** What is known of a change so far. */
    private static final class Trace {
        private List<String> targets = List.of();
        private String before = "";
        private String after = "";
    }

    private Done write(Asked asked, Function<PolicyState, OperationPlan> planner, Manner manner, Trace trace)
            throws IOException {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            DraftAhead ahead = inForce.ahead(state -> planner.apply(state).changes());
            Base base = inForce.base();
            trace.before = base.revision().hash();
            trace.after = trace.before;
            OperationPlan plan = planner.apply(base.state());
            trace.targets = plan.targets();
            Published result = publisher.publish(
                    base.revision(), base.state().policy(), request(asked, plan, manner), ahead.get());
            if (result instanceof Published.InForce done) {
                trace.after = done.revision().hash();
                inForce.adopt(done.revision());
                return new Done(plan, inForce.state());
            }
            refuse(result);
        }
        throw ApiRefusals.notPermitted("The rules file changes all the time; nothing was written.");
    }

    private Publisher.Request request(Asked asked, OperationPlan plan, Manner manner) {
        var origin = new Origin(asked.caller().keyName(), asked.action(), clock.instant());
        return new Publisher.Request(plan.changes(), origin, manner.dryRun(), manner.client());
    }

    private static void refuse(Published result) {
        if (result instanceof Published.NotEdited no) {
            throw ApiRefusals.notEdited(no.why());
        }
        if (result instanceof Published.NotTaken no) {
            throw ApiRefusals.notPermitted(no.why());
        }
        if (result instanceof Published.Possible) {
            throw ApiRefusals.dryRun();
        }
    }
}
