package io.secgroupd.controlplane.console.draft;

import io.secgroupd.controlplane.console.api.BadCallException;
import io.secgroupd.controlplane.console.api.JsonObject;
import io.secgroupd.controlplane.edit.change.Element;
import io.secgroupd.controlplane.edit.change.IntendedChange;
import io.secgroupd.rules.model.Policy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Changes as a page asks for them. What a person has typed wrong is a problem with the reader's own words; what no page of ours
 * would ask is refused as nonsense.
 */
public final class Changes {

    private static final int MOST = 500;

    private final List<IntendedChange> all = new ArrayList<>();
    private final List<DraftProblem> problems = new ArrayList<>();

    private Changes() {}

    /**
     * Reads changes, each on what those before it have left.
     *
     * @throws BadCallException when something makes no sense
     */
    public static Changes read(Policy before, List<JsonObject> asked) {
        if (asked.size() > MOST) {
            throw new BadCallException("A draft has at most " + MOST + " changes; apply some of them first.");
        }
        var changes = new Changes();
        var scratch = new Scratch(before);
        var state = new DraftState(before);
        for (int i = 0; i < asked.size(); i++) {
            changes.read(i, asked.get(i), scratch, state);
        }
        return changes;
    }

    private void read(int index, JsonObject asked, Scratch scratch, DraftState state) {
        var reading = new ChangeReading(asked, scratch, state.policy());
        Optional<IntendedChange> change = read(asked, reading);
        reading.errors().forEach(error -> problems.add(DraftProblem.ofChange(index, error)));
        if (change.isEmpty() && reading.errors().isEmpty()) {
            problems.add(DraftProblem.ofChange(index, reading.missing()));
        }
        change.filter(found -> reading.errors().isEmpty()).ifPresent(found -> take(index, found, scratch, state));
    }

    private void take(int index, IntendedChange change, Scratch scratch, DraftState state) {
        Optional<String> impossible = state.take(change);
        if (impossible.isPresent()) {
            problems.add(DraftProblem.ofChange(index, impossible.get()));
            return;
        }
        all.add(change);
        if (change instanceof IntendedChange.AddGroup added) {
            scratch.addGroup(added.id());
        }
        if (change instanceof IntendedChange.AddList added) {
            scratch.addList(added.id());
        }
    }

    private static Optional<IntendedChange> read(JsonObject asked, ChangeReading reading) {
        String word = asked.text("do");
        return switch (word) {
            case "add_group" -> reading.addGroup();
            case "remove_group" -> Optional.of(new IntendedChange.RemoveGroup(asked.text("id")));
            case "set_name" -> reading.label("name").map(name -> new IntendedChange.SetName(element(asked), name));
            case "set_description" ->
                reading.label("description").map(text -> new IntendedChange.SetDescription(element(asked), text));
            case "add_rule" -> reading.addRule();
            case "remove_rule" -> reading.removeRule();
            case "replace_rule" -> reading.replaceRule();
            case "add_list" -> reading.addList();
            case "remove_list" -> Optional.of(new IntendedChange.RemoveList(asked.text("id")));
            case "add_entries" -> reading.addEntries();
            case "remove_entries" -> reading.removeEntries();
            default -> readMember(word, asked, reading);
        };
    }

    private static Optional<IntendedChange> readMember(String word, JsonObject asked, ChangeReading reading) {
        return switch (word) {
            case "set_instance_groups" ->
                reading.groups("instances", asked.text("instance"))
                        .map(groups -> new IntendedChange.SetInstanceGroups(asked.text("instance"), groups));
            case "set_cluster_groups" ->
                reading.groups("clusters", asked.text("cluster"))
                        .map(groups -> new IntendedChange.SetClusterGroups(asked.text("cluster"), groups));
            case "add_instance" -> reading.addInstance();
            case "remove_instance" -> Optional.of(new IntendedChange.RemoveInstance(asked.text("name")));
            case "set_addresses" -> reading.setAddresses();
            case "add_cluster" -> reading.addCluster();
            case "remove_cluster" -> Optional.of(new IntendedChange.RemoveCluster(asked.text("name")));
            case "set_cluster_instances" ->
                Optional.of(new IntendedChange.SetClusterInstances(asked.text("cluster"), asked.texts("instances")));
            default -> throw new BadCallException("\"" + word + "\" is no change that the console knows.");
        };
    }

    private static Element element(JsonObject asked) {
        return ChangeReading.element(asked);
    }

    /** The changes that could be read and made, in order. */
    public List<IntendedChange> all() {
        return List.copyOf(all);
    }

    /** What is wrong with the others. */
    public List<DraftProblem> problems() {
        return List.copyOf(problems);
    }
}
