package io.secgroupd.controlplane.aws.ec2;

import io.secgroupd.controlplane.aws.ec2.Paging.Page;
import io.secgroupd.controlplane.aws.operation.AwsAccount;
import io.secgroupd.controlplane.aws.operation.Catalog;
import io.secgroupd.controlplane.aws.operation.OperationCall;
import io.secgroupd.controlplane.aws.operation.OperationPlan;
import io.secgroupd.controlplane.aws.query.Xml;
import io.secgroupd.rules.model.SecurityGroup;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Shows instances, except those of clusters. All of them run, and each was started alone. */
final class Instances {

    private static final int RUNNING_CODE = 16;
    private static final String RUNNING = "running";

    private Instances() {}

    static void addTo(Catalog catalog) {
        catalog.reads("DescribeInstances", Instances::describe)
                .reads("DescribeInstanceAttribute", Instances::attribute);
        Unsupported.add(
                catalog, "RunInstances", "A request names no addresses; write the instance into the rules file.");
    }

    private static OperationPlan describe(OperationCall call) {
        List<ShownInstance> instances = named(call)
                .filter(filters(call.account()).read(call.parameters()))
                .toList();
        Page<ShownInstance> page = Paging.USUAL.page(call.parameters(), instances, ShownInstance::instanceId);
        return OperationPlan.answer(xml -> {
            xml.list("reservationSet", "item", page.items(), (item, one) -> {
                item.text("reservationId", "r-" + one.instance().name());
                item.text("ownerId", call.account().id());
                item.texts("groupSet", "item", List.of());
                item.list("instancesSet", "item", List.of(one), (inner, same) -> write(inner, call.account(), same));
            });
            xml.text("nextToken", page.next());
        });
    }

    private static Stream<ShownInstance> named(OperationCall call) {
        Set<String> ids = new LinkedHashSet<>(call.parameters().texts("InstanceId"));
        return ids.isEmpty()
                ? ShownInstance.ownInstances(call.policy())
                : ids.stream().map(id -> ShownInstance.byInstance(call.policy(), id));
    }

    private static void write(Xml xml, AwsAccount account, ShownInstance one) {
        xml.text("instanceId", one.instanceId());
        xml.element("instanceState", state -> {
            state.number("code", RUNNING_CODE);
            state.text("name", RUNNING);
        });
        xml.texts("productCodes", "item", List.of());
        xml.element("placement", placement -> placement.text("availabilityZone", account.region() + "a"));
        xml.text("vpcId", account.vpc());
        xml.text("privateIpAddress", one.privateAddress());
        xml.bool("sourceDestCheck", true);
        InterfaceXml.writeGroups(xml, one);
        xml.texts("blockDeviceMapping", "item", List.of());
        TagsXml.write(xml, one.tags());
        xml.list("networkInterfaceSet", "item", List.of(one), new InterfaceXml(account)::writeInner);
    }

    private static Filters<ShownInstance> filters(AwsAccount account) {
        return new Filters<ShownInstance>()
                .one("instance-id", ShownInstance::instanceId)
                .many("instance.group-id", one -> one.groups().stream().map(SecurityGroup::id))
                .many("instance.group-name", one -> one.groups().stream().map(GroupDirectory::name))
                .many("network-interface.group-id", one -> one.groups().stream().map(SecurityGroup::id))
                .one("network-interface.network-interface-id", ShownInstance::interfaceId)
                .one("vpc-id", one -> account.vpc())
                .one("owner-id", one -> account.id())
                .one("availability-zone", one -> account.region() + "a")
                .many("private-ip-address", one -> one.privateAddress().stream())
                .one("instance-state-name", one -> RUNNING)
                .one("instance-state-code", one -> Integer.toString(RUNNING_CODE))
                .tags(ShownInstance::tags);
    }

    private static OperationPlan attribute(OperationCall call) {
        ShownInstance one =
                ShownInstance.byInstance(call.policy(), call.parameters().required("InstanceId"));
        String attribute = call.parameters().required("Attribute");
        if (!attribute.equals("groupSet") && !attribute.equals("sourceDestCheck")) {
            throw call.parameters().invalid("Attribute", attribute, "It must be groupSet or sourceDestCheck.");
        }
        return OperationPlan.answer(xml -> {
            xml.text("instanceId", one.instanceId());
            if (attribute.equals("groupSet")) {
                InterfaceXml.writeGroups(xml, one);
            } else {
                xml.element("sourceDestCheck", inner -> inner.bool("value", true));
            }
        });
    }
}
