package io.secgroupd.controlplane.edit.plan;

import io.secgroupd.controlplane.edit.change.ChangeVisitor;
import io.secgroupd.controlplane.edit.change.Element;
import io.secgroupd.controlplane.edit.change.IntendedChange;
import io.secgroupd.controlplane.edit.draft.DraftList;
import io.secgroupd.controlplane.edit.draft.DraftMap;
import io.secgroupd.controlplane.edit.draft.DraftNode;
import io.secgroupd.controlplane.edit.draft.DraftScalar;
import io.secgroupd.rules.file.PolicyFiles;
import io.secgroupd.rules.model.Policy;
import io.secgroupd.rules.net.Direction;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Makes changes of meaning in the trees of the files. */
public final class Planner implements ChangeVisitor {

    private final DraftFiles drafts;
    private final ListEdits lists;
    private final InstanceEdits instances;

    private Planner(DraftFiles drafts) {
        this.drafts = drafts;
        this.lists = new ListEdits(drafts);
        this.instances = new InstanceEdits(drafts);
    }

    /**
     * The new bytes of the files that the changes touch.
     *
     * @param before what the files say now
     * @param all    whether the whole of each file is looked at; otherwise only the parts that seem to matter, which is quick,
     *               and whoever asks has to make sure that the result is right
     * @throws io.secgroupd.controlplane.edit.text.NotEditableException when something in the text stands in the way
     */
    public static Map<Path, byte[]> changed(
            PolicyFiles files, Policy before, List<IntendedChange> changes, boolean all) {
        Set<Element> concerned = changes.stream().map(IntendedChange::element).collect(Collectors.toSet());
        var drafts = new DraftFiles(files, before, source -> all ? source : Outline.of(source, before, concerned));
        var planner = new Planner(drafts);
        changes.forEach(change -> change.accept(planner));
        return drafts.changed();
    }

    @Override
    public void visit(IntendedChange.AddGroup change) {
        DraftMap group = DraftMap.spread();
        Texts.setText(group, "name", change.name());
        Texts.setText(group, "description", change.description());
        Texts.setTags(group, change.tags());
        drafts.section(Element.ElementKind.GROUP).put(change.id(), group);
    }

    @Override
    public void visit(IntendedChange.RemoveGroup change) {
        drafts.holder(Element.group(change.id())).remove(change.id());
    }

    @Override
    public void visit(IntendedChange.AddRules change) {
        rules(change.group(), change.direction()).add(change.rules());
    }

    @Override
    public void visit(IntendedChange.RemoveRule change) {
        rules(change.group(), change.direction()).remove(change.rule());
    }

    @Override
    public void visit(IntendedChange.ReplaceRule change) {
        rules(change.group(), change.direction()).replace(change.rule(), change.id(), change.terms());
    }

    private RuleEdits rules(String group, Direction direction) {
        return new RuleEdits(drafts.value(Element.group(group)).asMap(), group, direction);
    }

    @Override
    public void visit(IntendedChange.SetName change) {
        inMap(change.element(), change.name().isEmpty(), map -> Texts.setText(map, "name", change.name()));
    }

    @Override
    public void visit(IntendedChange.SetDescription change) {
        boolean nothing = change.description().isEmpty();
        inMap(change.element(), nothing, map -> Texts.setText(map, "description", change.description()));
    }

    @Override
    public void visit(IntendedChange.SetTags change) {
        inMap(change.element(), change.tags().isEmpty(), map -> Texts.setTags(map, change.tags()));
    }

    /** @param takesAway whether the change only takes away, which changes nothing where there is no map to take it from */
    private void inMap(Element element, boolean takesAway, Consumer<DraftMap> change) {
        if (element.kind() != Element.ElementKind.LIST) {
            change.accept(drafts.value(element).asMap());
        } else if (!takesAway || !(drafts.value(element).read() instanceof DraftList)) {
            change.accept(lists.map(element));
        }
    }

    @Override
    public void visit(IntendedChange.AddList change) {
        DraftMap list = DraftMap.spread();
        Texts.setText(list, "name", change.name());
        Texts.setTags(list, change.tags());
        setNumber(list, "max_entries", change.maxEntries());
        list.put(
                "entries",
                DraftList.of(change.entries().stream().map(ListEdits::entry).toList()));
        drafts.section(Element.ElementKind.LIST).put(change.id(), list);
    }

    @Override
    public void visit(IntendedChange.RemoveList change) {
        drafts.holder(Element.list(change.id())).remove(change.id());
    }

    @Override
    public void visit(IntendedChange.AddEntries change) {
        lists.add(change.list(), change.entries());
    }

    @Override
    public void visit(IntendedChange.RemoveEntries change) {
        lists.remove(change.list(), change.entries());
    }

    @Override
    public void visit(IntendedChange.SetMaxEntries change) {
        inMap(Element.list(change.list()), false, map -> Texts.setWord(map, "max_entries", change.maxEntries()));
    }

    @Override
    public void visit(IntendedChange.SetInstanceGroups change) {
        setGroups(drafts.value(Element.instance(change.instance())).asMap(), change.groups());
    }

    @Override
    public void visit(IntendedChange.SetClusterGroups change) {
        setGroups(drafts.value(Element.cluster(change.cluster())).asMap(), change.groups());
    }

    private static void setGroups(DraftMap map, List<String> groups) {
        Optional<DraftNode> existing = map.get("security_groups");
        if (existing.isEmpty()) {
            if (!groups.isEmpty()) {
                map.put("security_groups", words(groups));
            }
            return;
        }
        Set<String> missing = new HashSet<>(groups);
        for (DraftNode item : ((DraftList) existing.get().read()).values()) {
            if (!missing.remove(((DraftScalar) item.read()).value())) {
                existing.get().asList().remove(item);
            }
        }
        groups.stream()
                .filter(missing::remove)
                .forEach(id -> existing.get().asList().add(DraftScalar.word(id)));
    }

    static DraftList words(List<?> words) {
        return DraftList.of(words.stream().map(DraftScalar::word).toList());
    }

    @Override
    public void visit(IntendedChange.SetClusterPort change) {
        Texts.setWord(drafts.value(Element.cluster(change.cluster())).asMap(), "port", change.port());
    }

    @Override
    public void visit(IntendedChange.AddCluster change) {
        DraftMap cluster = DraftMap.spread();
        cluster.put("security_groups", words(change.groups()));
        Texts.setText(cluster, "engine", change.engine());
        setNumber(cluster, "port", change.port());
        Texts.setTags(cluster, change.tags());
        drafts.section(Element.ElementKind.CLUSTER).put(change.name(), cluster);
    }

    private static void setNumber(DraftMap map, String key, OptionalInt number) {
        number.ifPresent(value -> map.put(key, DraftScalar.word(value)));
    }

    @Override
    public void visit(IntendedChange.RemoveCluster change) {
        drafts.holder(Element.cluster(change.name())).remove(change.name());
    }

    @Override
    public void visit(IntendedChange.AddInstance change) {
        instances.add(change.name(), change.addresses(), change.groups());
    }

    @Override
    public void visit(IntendedChange.RemoveInstance change) {
        instances.remove(change.name());
    }

    @Override
    public void visit(IntendedChange.SetAddresses change) {
        instances.setAddresses(change.instance(), change.addresses());
    }

    @Override
    public void visit(IntendedChange.SetClusterInstances change) {
        instances.setMembers(change.cluster(), change.instances());
    }
}
