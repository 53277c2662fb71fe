package io.secgroupd.controlplane.aws.ec2;

import io.secgroupd.controlplane.aws.AwsError;
import io.secgroupd.controlplane.aws.AwsRefusal;
import io.secgroupd.controlplane.aws.operation.Catalog;
import io.secgroupd.controlplane.aws.operation.OperationCall;
import io.secgroupd.controlplane.aws.operation.OperationPlan;
import io.secgroupd.controlplane.aws.query.Parameters;
import io.secgroupd.controlplane.edit.change.Element;
import io.secgroupd.controlplane.edit.change.IntendedChange;
import io.secgroupd.controlplane.edit.change.IntendedChange.SetMaxEntries;
import io.secgroupd.controlplane.edit.change.IntendedChange.SetName;
import io.secgroupd.rules.model.ListEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Changes the entries of a prefix list, or its name or its size. */
final class ModifyPrefixList {

    private ModifyPrefixList() {}

    static void addTo(Catalog catalog) {
        catalog.writes("ModifyManagedPrefixList", ModifyPrefixList::plan);
    }

    private static OperationPlan plan(OperationCall call) {
        Parameters request = call.parameters();
        Unsupported.refuse(request, "IpamPrefixListResolverSyncEnabled");
        ShownList list = ShownList.byId(call.policy(), request.required("PrefixListId"));
        requireEditable(list);
        var changes = new ArrayList<IntendedChange>();
        changes.addAll(entries(call, list));
        changes.addAll(size(request, list));
        changes.addAll(name(request, list));
        return new OperationPlan(changes, List.of(list.id()), (after, xml) -> {
            ShownList now = ShownList.byId(after.policy(), list.id());
            xml.element(
                    "prefixList",
                    inner -> new PrefixListXml(call.account(), after).write(inner, now, "modify-complete"));
        });
    }

    private static void requireEditable(ShownList list) {
        if (list.list().written().isEmpty()) {
            throw new AwsRefusal(AwsError.of(
                    "OperationNotPermitted",
                    "The entries of the prefix list '" + list.id()
                            + "' stand in a file of their own, and only that file can change them."));
        }
    }

    private static List<IntendedChange> entries(OperationCall call, ShownList list) {
        Parameters request = call.parameters();
        List<ListEntry> added = EntryParameters.read(request, "AddEntry", list.family());
        List<ListEntry> removed = EntryParameters.read(request, "RemoveEntry", Optional.empty());
        OptionalInt version = request.integer("CurrentVersion");
        boolean change = !added.isEmpty() || !removed.isEmpty();
        if (change && version.isEmpty()) {
            throw request.missing("CurrentVersion");
        }
        if (version.isPresent() && version.getAsInt() != call.state().versions().of(list.id())) {
            throw new AwsRefusal(
                    AwsError.of("PrefixListVersionMismatch", "The prefix list has the incorrect version number."));
        }
        if (change && request.has("MaxEntries")) {
            throw new AwsRefusal(AwsError.of(
                    "InvalidParameterCombination",
                    "You cannot modify the entries and the maximum entries for the prefix list in the same request."));
        }
        return new EntryChange(list, removed, added).changes();
    }

    private static List<IntendedChange> size(Parameters request, ShownList list) {
        OptionalInt most = PrefixListNames.maxEntries(request);
        if (most.isEmpty()) {
            return List.of();
        }
        PrefixListNames.requireRoom(list.entries().count(), most.getAsInt());
        return List.of(new SetMaxEntries(list.id(), most.getAsInt()));
    }

    private static List<IntendedChange> name(Parameters request, ShownList list) {
        Optional<String> name = request.text("PrefixListName");
        name.ifPresent(text -> PrefixListNames.require(request, text));
        return name.<List<IntendedChange>>map(text -> List.of(new SetName(Element.list(list.id()), text)))
                .orElse(List.of());
    }
}
