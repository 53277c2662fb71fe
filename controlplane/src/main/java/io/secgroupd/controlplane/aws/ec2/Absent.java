package io.secgroupd.controlplane.aws.ec2;

import io.secgroupd.controlplane.aws.AwsError;
import io.secgroupd.controlplane.aws.AwsRefusal;
import io.secgroupd.controlplane.aws.operation.Catalog;
import io.secgroupd.controlplane.aws.operation.OperationPlan;
import java.util.List;

/**
 * Kinds of things that are asked for and of which there are none: a list of them is empty, and one that is named by its id does
 * not exist.
 */
enum Absent {
    SUBNET("DescribeSubnets", "subnetSet", "SubnetId", "subnet", "InvalidSubnetID.NotFound"),
    ROUTE_TABLE("DescribeRouteTables", "routeTableSet", "RouteTableId", "routeTable", "InvalidRouteTableID.NotFound"),
    PEERING(
            "DescribeVpcPeeringConnections",
            "vpcPeeringConnectionSet",
            "VpcPeeringConnectionId",
            "vpcPeeringConnection",
            "InvalidVpcPeeringConnectionID.NotFound");

    private final String action;
    private final String list;
    private final String parameter;
    private final String word;
    private final String code;

    Absent(String action, String list, String parameter, String word, String code) {
        this.action = action;
        this.list = list;
        this.parameter = parameter;
        this.word = word;
        this.code = code;
    }

    static void addTo(Catalog catalog) {
        for (Absent kind : values()) {
            catalog.reads(kind.action, call -> {
                call.parameters().texts(kind.parameter).forEach(kind::refuse);
                return OperationPlan.answer(xml -> xml.texts(kind.list, "item", List.of()));
            });
        }
    }

    private void refuse(String id) {
        throw new AwsRefusal(AwsError.of(code, "The " + word + " ID '" + id + "' does not exist"));
    }
}
