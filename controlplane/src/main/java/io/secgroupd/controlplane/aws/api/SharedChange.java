package io.secgroupd.controlplane.aws.api;

import io.secgroupd.controlplane.aws.AwsRefusal;
import io.secgroupd.controlplane.aws.operation.OperationPlan;
import io.secgroupd.controlplane.aws.operation.PolicyState;
import io.secgroupd.controlplane.edit.change.Element;
import io.secgroupd.controlplane.edit.change.IntendedChange;
import io.secgroupd.controlplane.edit.intent.ImpossibleChangeException;
import io.secgroupd.controlplane.edit.intent.Intent;
import io.secgroupd.controlplane.store.Origin;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Several requests as one change: reading a large policy takes most of a change's time, for one request or for ten. Only
 * requests that concern different elements share, so that each is answered as if it had been alone. A request that is refused
 * shares nothing and is refused in its own turn.
 */
final class SharedChange {

    private final List<Part> parts = new ArrayList<>();
    private final Set<Element> touched = new HashSet<>();
    private PolicyState state;

    /** A request and what it comes to. */
    record Part(WriteTicket ticket, OperationPlan plan) {}

    private SharedChange(PolicyState state) {
        this.state = state;
    }

    /**
     * The change of a request and of those others that can join it; without parts when the request itself cannot.
     *
     * @param state the policy in force
     */
    static SharedChange of(PolicyState state, WriteTicket first, List<WriteTicket> others) {
        var shared = new SharedChange(state);
        if (shared.add(first)) {
            for (WriteTicket other : others) {
                shared.add(other);
            }
        }
        return shared;
    }

    /** Plans a request on what those before it leave, and reports whether it has its part. */
    private boolean add(WriteTicket ticket) {
        try {
            OperationPlan plan = ticket.plan(state);
            Set<Element> elements =
                    plan.changes().stream().map(IntendedChange::element).collect(Collectors.toSet());
            if (elements.isEmpty() || elements.stream().anyMatch(touched::contains)) {
                return false;
            }
            state = state.with(Intent.of(state.policy(), plan.changes()));
            touched.addAll(elements);
            return parts.add(new Part(ticket, plan));
        } catch (AwsRefusal | ImpossibleChangeException e) {
            return false;
        }
    }

    List<Part> parts() {
        return List.copyOf(parts);
    }

    List<IntendedChange> changes() {
        return parts.stream().flatMap(part -> part.plan().changes().stream()).toList();
    }

    /** The names of all who ask, and of all that they ask for. */
    Origin origin(Instant time) {
        return new Origin(
                joined(ticket -> ticket.asked().caller().keyName()),
                joined(ticket -> ticket.asked().action()),
                time);
    }

    private String joined(Function<WriteTicket, String> word) {
        return parts.stream().map(part -> word.apply(part.ticket())).distinct().collect(Collectors.joining(", "));
    }
}
