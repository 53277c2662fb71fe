package io.secgroupd.controlplane.aws.ec2;

import io.secgroupd.controlplane.aws.ec2.Paging.Page;
import io.secgroupd.controlplane.aws.ec2.ShownPeer.PeerKind;
import io.secgroupd.controlplane.aws.operation.AwsAccount;
import io.secgroupd.controlplane.aws.operation.Catalog;
import io.secgroupd.controlplane.aws.operation.OperationCall;
import io.secgroupd.controlplane.aws.operation.OperationPlan;
import io.secgroupd.controlplane.edit.change.RuleKey;
import io.secgroupd.rules.model.SecurityGroup;
import io.secgroupd.rules.net.Direction;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** Shows security groups with their permissions. */
final class DescribeGroups {

    private DescribeGroups() {}

    static void addTo(Catalog catalog) {
        catalog.reads("DescribeSecurityGroups", DescribeGroups::describe);
    }

    private static OperationPlan describe(OperationCall call) {
        List<SecurityGroup> groups = named(call).stream()
                .filter(filters(call).read(call.parameters()))
                .toList();
        Page<SecurityGroup> page = Paging.USUAL.page(call.parameters(), groups, SecurityGroup::id);
        var permissions = new PermissionsXml(call.account());
        return OperationPlan.answer(xml -> {
            xml.list("securityGroupInfo", "item", page.items(), permissions::write);
            xml.text("nextToken", page.next());
        });
    }

    /** The groups that are named by id or by name, each of which must exist; all groups when none is named. */
    private static Collection<SecurityGroup> named(OperationCall call) {
        List<String> ids = call.parameters().texts("GroupId");
        List<String> names = call.parameters().texts("GroupName");
        if (ids.isEmpty() && names.isEmpty()) {
            return call.policy().securityGroups().values();
        }
        var directory = GroupDirectory.of(call);
        var wanted = new LinkedHashSet<String>();
        ids.forEach(id -> wanted.add(directory.byId(id).id()));
        names.forEach(name -> wanted.add(directory.byName(name).id()));
        return call.policy().securityGroups().values().stream()
                .filter(group -> wanted.contains(group.id()))
                .toList();
    }

    private static Filters<SecurityGroup> filters(OperationCall call) {
        AwsAccount account = call.account();
        var filters = new Filters<SecurityGroup>()
                .one("description", GroupDirectory::description)
                .one("group-id", SecurityGroup::id)
                .one("group-name", GroupDirectory::name)
                .one("owner-id", group -> account.id())
                .one("vpc-id", group -> account.vpc())
                .tags(SecurityGroup::tags);
        addPermissions(filters, "ip-permission.", Direction.INGRESS, call);
        addPermissions(filters, "egress.ip-permission.", Direction.EGRESS, call);
        return filters;
    }

    private static void addPermissions(
            Filters<SecurityGroup> filters, String prefix, Direction direction, OperationCall call) {
        Function<SecurityGroup, Stream<RuleKey>> keys =
                group -> GroupRules.of(group, direction).stream().map(rule -> rule.key());
        filters.many(prefix + "cidr", group -> peers(keys.apply(group), PeerKind.CIDR4))
                .many(prefix + "ipv6-cidr", group -> peers(keys.apply(group), PeerKind.CIDR6))
                .many(prefix + "prefix-list-id", group -> peers(keys.apply(group), PeerKind.LIST))
                .many(prefix + "group-id", group -> peers(keys.apply(group), PeerKind.GROUP))
                .many(
                        prefix + "group-name",
                        group -> peers(keys.apply(group), PeerKind.GROUP)
                                .flatMap(id -> Stream.ofNullable(
                                        call.policy().securityGroups().get(id)))
                                .map(GroupDirectory::name))
                .many(
                        prefix + "user-id",
                        group -> peers(keys.apply(group), PeerKind.GROUP)
                                .map(id -> call.account().id()))
                .many(
                        prefix + "protocol",
                        group -> keys.apply(group).map(ShownService::of).map(ShownService::protocol))
                .many(
                        prefix + "from-port",
                        group -> keys.apply(group)
                                .flatMapToInt(key -> ShownService.of(key).from().stream())
                                .mapToObj(Integer::toString))
                .many(
                        prefix + "to-port",
                        group -> keys.apply(group)
                                .flatMapToInt(key -> ShownService.of(key).to().stream())
                                .mapToObj(Integer::toString));
    }

    private static Stream<String> peers(Stream<RuleKey> keys, PeerKind kind) {
        return keys.map(key -> ShownPeer.of(key.peer()))
                .filter(peer -> peer.kind() == kind)
                .map(ShownPeer::text);
    }
}
