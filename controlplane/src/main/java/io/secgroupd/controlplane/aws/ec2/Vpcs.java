package io.secgroupd.controlplane.aws.ec2;

import io.secgroupd.controlplane.aws.ec2.Paging.Page;
import io.secgroupd.controlplane.aws.operation.AwsAccount;
import io.secgroupd.controlplane.aws.operation.Catalog;
import io.secgroupd.controlplane.aws.operation.OperationCall;
import io.secgroupd.controlplane.aws.operation.OperationPlan;
import io.secgroupd.controlplane.aws.query.Xml;
import java.util.List;
import java.util.Map;

/** Shows the one network. It is nothing but a name: every address belongs to it. */
final class Vpcs {

    private static final String CIDR = "0.0.0.0/0";
    private static final String STATE = "available";
    private static final String DHCP = "default";

    private static final List<String> ATTRIBUTES =
            List.of("enableDnsHostnames", "enableDnsSupport", "enableNetworkAddressUsageMetrics");

    private Vpcs() {}

    static void addTo(Catalog catalog) {
        catalog.reads("DescribeVpcs", Vpcs::describe)
                .reads("DescribeVpcAttribute", Vpcs::attribute)
                // Ansible asks both of every network, although nothing is left on AWS to be linked to.
                .reads("DescribeVpcClassicLink", call -> noLinks(call, "vpcSet", "classicLinkEnabled"))
                .reads("DescribeVpcClassicLinkDnsSupport", call -> noLinks(call, "vpcs", "classicLinkDnsSupported"));
        Unsupported.add(catalog, "CreateVpc", "There is one network, and it has all addresses.");
    }

    private static OperationPlan describe(OperationCall call) {
        call.parameters().texts("VpcId").forEach(GroupDirectory.of(call)::requireVpc);
        List<AwsAccount> vpcs = List.of(call.account()).stream()
                .filter(filters().read(call.parameters()))
                .toList();
        Page<AwsAccount> page = Paging.USUAL.page(call.parameters(), vpcs, AwsAccount::vpc);
        return OperationPlan.answer(xml -> {
            xml.list("vpcSet", "item", page.items(), Vpcs::write);
            xml.text("nextToken", page.next());
        });
    }

    private static Filters<AwsAccount> filters() {
        return new Filters<AwsAccount>()
                .one("vpc-id", AwsAccount::vpc)
                // Terraform writes it in the second way, and the reference in the first.
                .one("is-default", account -> "true")
                .one("isDefault", account -> "true")
                .one("state", account -> STATE)
                .one("owner-id", AwsAccount::id)
                .one("cidr", account -> CIDR)
                .one("dhcp-options-id", account -> DHCP)
                .tags(account -> Map.of());
    }

    private static void write(Xml xml, AwsAccount account) {
        xml.text("ownerId", account.id());
        xml.text("instanceTenancy", "default");
        xml.texts("ipv6CidrBlockAssociationSet", "item", List.of());
        xml.texts("cidrBlockAssociationSet", "item", List.of());
        xml.bool("isDefault", true);
        TagsXml.write(xml, Map.of());
        xml.text("vpcId", account.vpc());
        xml.text("state", STATE);
        xml.text("cidrBlock", CIDR);
        xml.text("dhcpOptionsId", DHCP);
    }

    /** This server gives out no names and counts no addresses, so that all three are false. */
    private static OperationPlan attribute(OperationCall call) {
        GroupDirectory.of(call).requireVpc(call.parameters().required("VpcId"));
        String attribute = call.parameters().required("Attribute");
        if (!ATTRIBUTES.contains(attribute)) {
            throw call.parameters()
                    .invalid("Attribute", attribute, "It must be one of " + String.join(", ", ATTRIBUTES) + ".");
        }
        return OperationPlan.answer(xml -> {
            xml.text("vpcId", call.account().vpc());
            xml.element(attribute, inner -> inner.bool("value", false));
        });
    }

    private static OperationPlan noLinks(OperationCall call, String list, String what) {
        call.parameters().texts("VpcId").forEach(GroupDirectory.of(call)::requireVpc);
        return OperationPlan.answer(xml -> xml.list(list, "item", List.of(call.account()), (item, account) -> {
            item.text("vpcId", account.vpc());
            item.bool(what, false);
        }));
    }
}
