package io.secgroupd.controlplane.aws.ec2;

import io.secgroupd.controlplane.aws.ec2.Paging.Page;
import io.secgroupd.controlplane.aws.operation.AwsAccount;
import io.secgroupd.controlplane.aws.operation.Catalog;
import io.secgroupd.controlplane.aws.operation.OperationCall;
import io.secgroupd.controlplane.aws.operation.OperationPlan;
import io.secgroupd.controlplane.aws.query.Xml;
import io.secgroupd.rules.model.SecurityGroup;
import io.secgroupd.rules.net.Family;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Shows network interfaces. This is the answer to the question who uses a group. */
final class Interfaces {

    private Interfaces() {}

    static void addTo(Catalog catalog) {
        catalog.reads("DescribeNetworkInterfaces", Interfaces::describe)
                .reads("DescribeNetworkInterfaceAttribute", Interfaces::attribute);
    }

    private static OperationPlan describe(OperationCall call) {
        List<ShownInstance> interfaces = named(call)
                .filter(filters(call.account()).read(call.parameters()))
                .toList();
        Page<ShownInstance> page = Paging.USUAL.page(call.parameters(), interfaces, ShownInstance::interfaceId);
        return OperationPlan.answer(xml -> {
            xml.list("networkInterfaceSet", "item", page.items(), new InterfaceXml(call.account())::write);
            xml.text("nextToken", page.next());
        });
    }

    private static Stream<ShownInstance> named(OperationCall call) {
        Set<String> ids = new LinkedHashSet<>(call.parameters().texts("NetworkInterfaceId"));
        return ids.isEmpty()
                ? ShownInstance.all(call.policy())
                : ids.stream().map(id -> ShownInstance.byInterface(call.policy(), id));
    }

    private static Filters<ShownInstance> filters(AwsAccount account) {
        var shown = new InterfaceXml(account);
        return new Filters<ShownInstance>()
                .many("group-id", one -> one.groups().stream().map(SecurityGroup::id))
                .many("group-name", one -> one.groups().stream().map(GroupDirectory::name))
                .one("vpc-id", one -> account.vpc())
                .many("subnet-id", one -> Stream.empty())
                .one("availability-zone", one -> account.region() + "a")
                .one("network-interface-id", ShownInstance::interfaceId)
                .many("private-ip-address", one -> one.privateAddress().stream())
                .many("addresses.private-ip-address", one -> one.addresses(Family.IPV4))
                .many("ipv6-addresses.ipv6-address", one -> one.addresses(Family.IPV6))
                .many("attachment.instance-id", one -> one.isMember() ? Stream.empty() : Stream.of(one.instanceId()))
                .one("attachment.instance-owner-id", shown::owner)
                .one("attachment.attachment-id", InterfaceXml::attachmentId)
                .one("attachment.status", one -> InterfaceXml.ATTACHED)
                .one("description", ShownInstance::description)
                .one("status", one -> InterfaceXml.STATUS)
                .one("owner-id", one -> account.id())
                .many("requester-id", one -> one.isMember() ? Stream.of(InterfaceXml.RDS) : Stream.empty())
                .one("requester-managed", one -> Boolean.toString(one.isMember()))
                .one("interface-type", one -> InterfaceXml.TYPE)
                .one("source-dest-check", one -> "true")
                .tags(ShownInstance::tags);
    }

    private static OperationPlan attribute(OperationCall call) {
        ShownInstance of =
                ShownInstance.byInterface(call.policy(), call.parameters().required("NetworkInterfaceId"));
        String attribute = call.parameters().required("Attribute");
        var shown = new InterfaceXml(call.account());
        return switch (attribute) {
            case "groupSet" -> answer(of, xml -> InterfaceXml.writeGroups(xml, of));
            case "attachment" ->
                answer(of, xml -> xml.element("attachment", inner -> shown.writeAttachment(inner, of)));
            case "description" ->
                answer(of, xml -> xml.element("description", inner -> inner.text("value", of.description())));
            case "sourceDestCheck" ->
                answer(of, xml -> xml.element("sourceDestCheck", inner -> inner.bool("value", true)));
            default ->
                throw call.parameters()
                        .invalid(
                                "Attribute",
                                attribute,
                                "It must be groupSet, attachment, description or sourceDestCheck.");
        };
    }

    private static OperationPlan answer(ShownInstance of, Consumer<Xml> attribute) {
        return OperationPlan.answer(xml -> {
            xml.text("networkInterfaceId", of.interfaceId());
            attribute.accept(xml);
        });
    }
}
