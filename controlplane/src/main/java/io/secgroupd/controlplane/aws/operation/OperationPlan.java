package io.secgroupd.controlplane.aws.operation;

import io.secgroupd.controlplane.aws.query.Xml;
import io.secgroupd.controlplane.edit.change.IntendedChange;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * What a call comes to: changes, all of them or none, and the answer when they are in force. A plan says nothing of how a file
 * is written.
 *
 * @param targets the ids of what is changed, for the audit; none when nothing is
 * @param answer  writes the content of the answer from the state that is in force afterwards
 */
public record OperationPlan(List<IntendedChange> changes, List<String> targets, BiConsumer<PolicyState, Xml> answer) {

    public OperationPlan {
        changes = List.copyOf(changes);
        targets = List.copyOf(targets);
    }

    /** A plan that changes nothing. */
    public static OperationPlan answer(Consumer<Xml> answer) {
        return new OperationPlan(List.of(), List.of(), (state, xml) -> answer.accept(xml));
    }

    /** A plan of one change of one thing. */
    public static OperationPlan change(IntendedChange change, String target, BiConsumer<PolicyState, Xml> answer) {
        return new OperationPlan(List.of(change), List.of(target), answer);
    }
}
