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
public record Plan(List<IntendedChange> changes, List<String> targets, BiConsumer<State, Xml> answer) {

    public Plan {
        changes = List.copyOf(changes);
        targets = List.copyOf(targets);
    }

    /** A plan that changes nothing. */
    public static Plan answer(Consumer<Xml> answer) {
        return new Plan(List.of(), List.of(), (state, xml) -> answer.accept(xml));
    }

    /** A plan of one change of one thing. */
    public static Plan change(IntendedChange change, String target, BiConsumer<State, Xml> answer) {
        return new Plan(List.of(change), List.of(target), answer);
    }
}
