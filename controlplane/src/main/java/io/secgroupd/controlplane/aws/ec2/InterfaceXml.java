package io.secgroupd.controlplane.aws.ec2;

import io.secgroupd.controlplane.aws.operation.AwsAccount;
import io.secgroupd.controlplane.aws.query.Xml;
import io.secgroupd.rules.net.Family;
import java.util.List;

/** Writes network interfaces. */
final class InterfaceXml {

    static final String STATUS = "in-use";
    static final String TYPE = "interface";
    static final String ATTACHED = "attached";

    /** What AWS calls its database service where it owns something in the account of a customer. */
    static final String RDS = "amazon-rds";

    private final AwsAccount account;

    InterfaceXml(AwsAccount account) {
        this.account = account;
    }

    /** Writes an interface as DescribeNetworkInterfaces shows it. */
    void write(Xml xml, ShownInstance of) {
        xml.element("attachment", attachment -> writeAttachment(attachment, of));
        writeCommon(xml, of);
        xml.text("availabilityZone", account.region() + "a");
        if (of.isMember()) {
            xml.text("requesterId", RDS);
        }
        xml.bool("requesterManaged", of.isMember());
        TagsXml.write(xml, of.tags());
    }

    /** Writes an interface as DescribeInstances shows it, within the instance that it is plugged into. */
    void writeInner(Xml xml, ShownInstance of) {
        xml.element("attachment", attachment -> writePlug(attachment, of));
        writeCommon(xml, of);
    }

    private void writeCommon(Xml xml, ShownInstance of) {
        xml.text("description", of.description());
        writeGroups(xml, of);
        xml.text("interfaceType", TYPE);
        xml.list("ipv6AddressesSet", "item", of.addresses(Family.IPV6).toList(), (item, address) -> {
            item.text("ipv6Address", address);
        });
        xml.text("networkInterfaceId", of.interfaceId());
        xml.text("ownerId", account.id());
        xml.text("privateIpAddress", of.privateAddress());
        List<String> ipv4 = of.addresses(Family.IPV4).toList();
        xml.list("privateIpAddressesSet", "item", ipv4, (item, address) -> {
            item.bool("primary", address.equals(ipv4.get(0)));
            item.text("privateIpAddress", address);
        });
        xml.bool("sourceDestCheck", true);
        xml.text("status", STATUS);
        xml.text("vpcId", account.vpc());
    }

    /** Writes what an interface is plugged into. Machines of the database service have no id that a customer sees. */
    void writeAttachment(Xml xml, ShownInstance of) {
        writePlug(xml, of);
        if (!of.isMember()) {
            xml.text("instanceId", of.instanceId());
        }
        xml.text("instanceOwnerId", owner(of));
    }

    private static void writePlug(Xml xml, ShownInstance of) {
        xml.text("attachmentId", attachmentId(of));
        xml.bool("deleteOnTermination", !of.isMember());
        xml.number("deviceIndex", 0);
        xml.text("status", ATTACHED);
    }

    static String attachmentId(ShownInstance of) {
        return "eni-attach-" + of.instance().name();
    }

    /** The account that runs the machine. */
    String owner(ShownInstance of) {
        return of.isMember() ? RDS : account.id();
    }

    /** Writes {@code groupSet}. */
    static void writeGroups(Xml xml, ShownInstance of) {
        xml.list("groupSet", "item", of.groups(), (item, group) -> {
            item.text("groupId", group.id());
            item.text("groupName", GroupDirectory.name(group));
        });
    }
}
