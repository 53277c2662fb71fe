package io.secgroupd.controlplane.aws.api;

import io.secgroupd.controlplane.aws.api.AuditLog.Asked;
import io.secgroupd.controlplane.aws.api.WriteLane.Done;
import io.secgroupd.controlplane.aws.api.WriteLane.Manner;
import io.secgroupd.controlplane.aws.operation.OperationPlan;
import io.secgroupd.controlplane.aws.operation.PolicyState;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A request that waits for its turn in the lane. Another request may take it along; whoever has the turn may use this. */
final class WriteTicket {

    private final Asked asked;
    private final Function<PolicyState, OperationPlan> planner;
    private final Manner manner;
    private @Nullable Done done;

    WriteTicket(Asked asked, Function<PolicyState, OperationPlan> planner, Manner manner) {
        this.asked = asked;
        this.planner = planner;
        this.manner = manner;
    }

    Asked asked() {
        return asked;
    }

    OperationPlan plan(PolicyState state) {
        return planner.apply(state);
    }

    Manner manner() {
        return manner;
    }

    /** Reports whether both can be made as one: each is to be written, and the same connection must stay possible. */
    boolean canJoin(WriteTicket other) {
        return !manner.dryRun() && manner.equals(other.manner);
    }

    void done(Done result) {
        done = result;
    }

    /** The result, once it is in force. */
    Optional<Done> done() {
        return Optional.ofNullable(done);
    }
}
