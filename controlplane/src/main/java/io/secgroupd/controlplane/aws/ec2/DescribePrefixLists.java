package io.secgroupd.controlplane.aws.ec2;

import io.secgroupd.controlplane.aws.AwsRefusal;
import io.secgroupd.controlplane.aws.ec2.Paging.Page;
import io.secgroupd.controlplane.aws.operation.Catalog;
import io.secgroupd.controlplane.aws.operation.OperationCall;
import io.secgroupd.controlplane.aws.operation.OperationPlan;
import io.secgroupd.controlplane.aws.query.Parameters;
import io.secgroupd.rules.model.ListEntry;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;

/** Shows prefix lists, their entries and the groups that use them. */
final class DescribePrefixLists {

    private static final Paging SMALL = new Paging(1, 100);
    private static final Paging ASSOCIATIONS = new Paging(5, 255);

    private DescribePrefixLists() {}

    static void addTo(Catalog catalog) {
        catalog.reads("DescribeManagedPrefixLists", DescribePrefixLists::describe)
                .reads("DescribePrefixLists", DescribePrefixLists::describeWithCidrs)
                .reads("GetManagedPrefixListEntries", DescribePrefixLists::entries)
                .reads("GetManagedPrefixListAssociations", DescribePrefixLists::associations);
    }

    private static OperationPlan describe(OperationCall call) {
        Page<ShownList> page = SMALL.page(call.parameters(), selected(call), ShownList::id);
        var lists = new PrefixListXml(call.account(), call.state());
        return OperationPlan.answer(xml -> {
            xml.list("prefixListSet", "item", page.items(), lists::write);
            xml.text("nextToken", page.next());
        });
    }

    /** The operation of the years when all lists were AWS's own. */
    private static OperationPlan describeWithCidrs(OperationCall call) {
        Page<ShownList> page = Paging.USUAL.page(call.parameters(), selected(call), ShownList::id);
        return OperationPlan.answer(xml -> {
            xml.text("nextToken", page.next());
            xml.list("prefixListSet", "item", page.items(), (item, list) -> {
                item.texts(
                        "cidrSet",
                        "item",
                        list.entries().map(DescribePrefixLists::cidr).toList());
                item.text("prefixListId", list.id());
                item.text("prefixListName", list.name());
            });
        });
    }

    private static List<ShownList> selected(OperationCall call) {
        Set<String> ids = new TreeSet<>(call.parameters().texts("PrefixListId"));
        ids.forEach(id -> ShownList.byId(call.policy(), id));
        var filters = new Filters<ShownList>()
                .one("owner-id", list -> call.account().id())
                .one("prefix-list-id", ShownList::id)
                .one("prefix-list-name", ShownList::name)
                .tags(ShownList::tags);
        return call.policy().prefixLists().values().stream()
                .map(ShownList::new)
                .filter(list -> ids.isEmpty() || ids.contains(list.id()))
                .filter(filters.read(call.parameters()))
                .toList();
    }

    private static OperationPlan entries(OperationCall call) {
        ShownList list = required(call);
        requireCurrent(call, list);
        Page<ListEntry> page = SMALL.page(call.parameters(), list.entries().toList(), DescribePrefixLists::cidr);
        return OperationPlan.answer(xml -> {
            xml.list("entrySet", "item", page.items(), (item, entry) -> {
                item.text("cidr", cidr(entry));
                if (!entry.description().isEmpty()) {
                    item.text("description", entry.description());
                }
            });
            xml.text("nextToken", page.next());
        });
    }

    /** @throws AwsRefusal for a version of former days, which nobody keeps */
    private static void requireCurrent(OperationCall call, ShownList list) {
        Parameters request = call.parameters();
        OptionalInt asked = request.integer("TargetVersion");
        int current = call.state().versions().of(list.id());
        if (asked.isPresent() && asked.getAsInt() != current) {
            throw request.invalid(
                    "TargetVersion",
                    Integer.toString(asked.getAsInt()),
                    "Only the current version, " + current + ", is kept.");
        }
    }

    private static OperationPlan associations(OperationCall call) {
        List<String> groups = DeletePrefixList.groupsOf(call.policy(), required(call));
        Page<String> page = ASSOCIATIONS.page(call.parameters(), groups, group -> group);
        return OperationPlan.answer(xml -> {
            xml.list("prefixListAssociationSet", "item", page.items(), (item, group) -> {
                item.text("resourceId", group);
                item.text("resourceOwner", call.account().id());
            });
            xml.text("nextToken", page.next());
        });
    }

    private static ShownList required(OperationCall call) {
        return ShownList.byId(call.policy(), call.parameters().required("PrefixListId"));
    }

    private static String cidr(ListEntry entry) {
        return entry.range().toString();
    }
}
