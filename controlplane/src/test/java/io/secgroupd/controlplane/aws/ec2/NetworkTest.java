package io.secgroupd.controlplane.aws.ec2;

import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.controlplane.aws.AwsError;
import io.secgroupd.controlplane.aws.operation.Answer;
import io.secgroupd.controlplane.aws.operation.OperationKit;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkTest {

    private static final String RULES = """
            version: 1
            limits: {security_groups_per_instance: 2}
            security_groups:
              sg-app: {name: app, description: Application servers, tags: {team: shop}}
              sg-db: {}
              sg-extra: {}
            instances:
              app-1:
                addresses: ["2001:db8::10", 10.0.1.10, 10.0.1.11]
                security_groups: [sg-app]    # the first
                tags: {Name: front}
              bare: {addresses: [], security_groups: []}
            clusters:
              orders:
                security_groups: [sg-db]
                instances:
                  orders-1: {addresses: [10.0.2.10]}
            """;

    private final OperationKit server = OperationKit.given(Ec2.catalog(), RULES);

    private void assertRefused(String action, String form, String code, String message) {
        AwsError error = server.refusal(action, form);
        assertThat(error.code()).isEqualTo(code);
        assertThat(error.message()).contains(message);
        assertThat(error.status()).isEqualTo(400);
    }

    private static String filter(String name, String value) {
        return "Filter.1.Name=" + name + "&Filter.1.Value.1=" + value;
    }

    @Nested
    class NetworkInterfaces {

        private static final String ITEM = "networkInterfaceSet/item/";

        @Test
        void anInstanceHasOne() {
            Answer answer = server.call("DescribeNetworkInterfaces", "NetworkInterfaceId.1=eni-app-1");
            assertThat(answer.text(ITEM + "networkInterfaceId")).isEqualTo("eni-app-1");
            assertThat(answer.text(ITEM + "groupSet/item/groupId")).isEqualTo("sg-app");
            assertThat(answer.text(ITEM + "groupSet/item/groupName")).isEqualTo("app");
            assertThat(answer.text(ITEM + "privateIpAddress")).isEqualTo("10.0.1.10");
            assertThat(answer.texts(ITEM + "privateIpAddressesSet/item/privateIpAddress"))
                    .containsExactly("10.0.1.10", "10.0.1.11");
            assertThat(answer.texts(ITEM + "privateIpAddressesSet/item/primary"))
                    .containsExactly("true", "false");
            assertThat(answer.text(ITEM + "ipv6AddressesSet/item/ipv6Address")).isEqualTo("2001:db8::10");
            assertThat(answer.text(ITEM + "attachment/instanceId")).isEqualTo("i-app-1");
            assertThat(answer.text(ITEM + "attachment/instanceOwnerId")).isEqualTo("000000000000");
            assertThat(answer.text(ITEM + "status")).isEqualTo("in-use");
            assertThat(answer.text(ITEM + "requesterManaged")).isEqualTo("false");
            assertThat(answer.count(ITEM + "requesterId")).isZero();
            assertThat(answer.text(ITEM + "tagSet/item/value")).isEqualTo("front");
            assertThat(answer.text(ITEM + "vpcId")).isEqualTo("vpc-00000000");
        }

        @Test
        void thoseOfAClusterBelongToTheDatabaseService() {
            Answer answer = server.call("DescribeNetworkInterfaces", filter("requester-managed", "true"));
            assertThat(answer.text(ITEM + "networkInterfaceId")).isEqualTo("eni-orders-1");
            assertThat(answer.text(ITEM + "requesterId")).isEqualTo("amazon-rds");
            assertThat(answer.text(ITEM + "description")).isEqualTo("RDSNetworkInterface");
            assertThat(answer.text(ITEM + "attachment/instanceOwnerId")).isEqualTo("amazon-rds");
            assertThat(answer.count(ITEM + "attachment/instanceId")).isZero();
        }

        @Test
        void anInstanceWithoutAddressesOrGroupsHasEmptyLists() {
            Answer answer = server.call("DescribeNetworkInterfaces", filter("network-interface-id", "eni-bare"));
            for (String list : new String[] {"groupSet", "privateIpAddressesSet", "ipv6AddressesSet", "tagSet"}) {
                assertThat(answer.isEmptyList(ITEM + list)).as(list).isTrue();
            }
            assertThat(answer.count(ITEM + "privateIpAddress")).isZero();
        }

        @ParameterizedTest
        @CsvSource({
            "group-id, sg-app, 1",
            "group-id, sg-none, 0",
            "group-name, app, 1",
            "vpc-id, vpc-00000000, 3",
            "subnet-id, subnet-1, 0",
            "private-ip-address, 10.0.1.10, 1",
            "private-ip-address, 10.0.1.11, 0",
            "addresses.private-ip-address, 10.0.1.11, 1",
            "ipv6-addresses.ipv6-address, 2001:db8::10, 1",
            "attachment.instance-id, i-*, 2",
            "attachment.instance-owner-id, amazon-rds, 1",
            "description, RDS*, 1",
            "status, in-use, 3",
            "owner-id, 000000000000, 3",
            "requester-id, amazon-rds, 1",
            "interface-type, interface, 3",
            "tag:Name, front, 1",
            "tag-key, Name, 1"
        })
        void filters(String name, String value, int found) {
            Answer answer = server.call("DescribeNetworkInterfaces", filter(name, value));
            assertThat(answer.count("networkInterfaceSet/item")).isEqualTo(found);
            assertThat(answer.count("networkInterfaceSet")).isEqualTo(1);
        }

        @Test
        void attributes() {
            String action = "DescribeNetworkInterfaceAttribute";
            String form = "NetworkInterfaceId=eni-app-1&Attribute=";
            assertThat(server.call(action, form + "groupSet").text("groupSet/item/groupId"))
                    .isEqualTo("sg-app");
            assertThat(server.call(action, form + "description").text("description/value"))
                    .isEmpty();
            assertThat(server.call(action, form + "sourceDestCheck").text("sourceDestCheck/value"))
                    .isEqualTo("true");
            assertThat(server.call(action, form + "attachment").text("attachment/status"))
                    .isEqualTo("attached");
            assertRefused(action, form + "colour", "InvalidParameterValue", "groupSet");
        }

        @Test
        void mustExist() {
            assertRefused(
                    "DescribeNetworkInterfaces",
                    "NetworkInterfaceId.1=eni-app-1&NetworkInterfaceId.2=eni-x",
                    "InvalidNetworkInterfaceID.NotFound",
                    "The networkInterface ID 'eni-x' does not exist");
            assertRefused(
                    "DescribeNetworkInterfaces",
                    "NetworkInterfaceId.1=app-1",
                    "InvalidNetworkInterfaceId.Malformed",
                    "eni-");
            assertRefused("DescribeNetworkInterfaces", "MaxResults=4", "InvalidParameterValue", "greater than 5");
        }
    }

    @Nested
    class OfInstances {

        private static final String INSTANCE = "reservationSet/item/instancesSet/item/";

        @Test
        void areShownWithoutThoseOfClusters() {
            Answer all = server.call("DescribeInstances", "");
            assertThat(all.texts(INSTANCE + "instanceId")).containsExactly("i-app-1", "i-bare");
            Answer one = server.call("DescribeInstances", "InstanceId.1=i-app-1");
            assertThat(one.text(INSTANCE + "instanceState/name")).isEqualTo("running");
            assertThat(one.text(INSTANCE + "instanceState/code")).isEqualTo("16");
            assertThat(one.text(INSTANCE + "privateIpAddress")).isEqualTo("10.0.1.10");
            assertThat(one.text(INSTANCE + "groupSet/item/groupId")).isEqualTo("sg-app");
            assertThat(one.text(INSTANCE + "networkInterfaceSet/item/networkInterfaceId"))
                    .isEqualTo("eni-app-1");
            assertThat(one.text(INSTANCE + "tagSet/item/key")).isEqualTo("Name");
            assertThat(one.text("reservationSet/item/reservationId")).isEqualTo("r-app-1");
            assertThat(one.isEmptyList("reservationSet/item/groupSet")).isTrue();
        }

        @ParameterizedTest
        @CsvSource({
            "instance-id, i-app-1, 1",
            "instance.group-id, sg-app, 1",
            "instance.group-name, app, 1",
            "network-interface.group-id, sg-db, 0",
            "vpc-id, vpc-*, 2",
            "private-ip-address, 10.0.1.10, 1",
            "instance-state-name, stopped, 0",
            "instance-state-code, 16, 2",
            "tag:Name, front, 1"
        })
        void filters(String name, String value, int found) {
            assertThat(server.call("DescribeInstances", filter(name, value)).count("reservationSet/item"))
                    .isEqualTo(found);
        }

        @Test
        void attributes() {
            String form = "InstanceId=i-app-1&Attribute=";
            assertThat(server.call("DescribeInstanceAttribute", form + "groupSet")
                            .text("groupSet/item/groupId"))
                    .isEqualTo("sg-app");
            assertThat(server.call("DescribeInstanceAttribute", form + "sourceDestCheck")
                            .text("sourceDestCheck/value"))
                    .isEqualTo("true");
            assertRefused("DescribeInstanceAttribute", form + "kernel", "InvalidParameterValue", "groupSet");
        }

        @Test
        void mustExistAndCannotBeStarted() {
            assertRefused(
                    "DescribeInstances",
                    "InstanceId.1=i-orders-1",
                    "InvalidInstanceID.NotFound",
                    "The instance ID 'i-orders-1' does not exist");
            assertRefused("DescribeInstances", "InstanceId.1=app-1", "InvalidInstanceID.Malformed", "i-");
            assertRefused("RunInstances", "ImageId=ami-1", "UnsupportedOperation", "rules file");
        }
    }

    @Nested
    class Assignments {

        @ParameterizedTest
        @CsvSource({
            "ModifyNetworkInterfaceAttribute, NetworkInterfaceId=eni-app-1&SecurityGroupId.1=sg-db&SecurityGroupId.2=sg-db",
            "ModifyInstanceAttribute, InstanceId=i-app-1&GroupId.1=sg-db"
        })
        void theNewListTakesThePlaceOfTheOldOne(String action, String form) {
            Answer answer = server.call(action, form);
            assertThat(answer.text("return")).isEqualTo("true");
            assertThat(answer.targets()).containsExactly("app-1");
            assertThat(server.rules())
                    .isEqualTo(RULES.replace("security_groups: [sg-app]    #", "security_groups: [sg-db]    #"));
        }

        @ParameterizedTest
        @CsvSource(delimiter = '|', textBlock = """
                NetworkInterfaceId=eni-app-1                                    | MissingParameter                    | SecurityGroupId
                SecurityGroupId.1=sg-db                                         | MissingParameter                    | NetworkInterfaceId
                NetworkInterfaceId=eni-x&SecurityGroupId.1=sg-db                | InvalidNetworkInterfaceID.NotFound  | eni-x
                NetworkInterfaceId=eni-app-1&SecurityGroupId.1=sg-none          | InvalidGroup.NotFound               | sg-none
                NetworkInterfaceId=eni-orders-1&SecurityGroupId.1=sg-app        | OperationNotPermitted               | rds modify-db-cluster
                NetworkInterfaceId=eni-app-1&SourceDestCheck.Value=false        | UnsupportedOperation                | SourceDestCheck
                NetworkInterfaceId=eni-app-1&SecurityGroupId.1=sg-db&Colour=red | UnknownParameter                    | Colour
                NetworkInterfaceId=eni-app-1&SecurityGroupId.1=sg-app&SecurityGroupId.2=sg-db&SecurityGroupId.3=sg-extra | SecurityGroupsPerInterfaceLimitExceeded | 2
                """)
        void byInterfaceRefuses(String form, String code, String message) {
            assertRefused("ModifyNetworkInterfaceAttribute", form, code, message);
        }

        @ParameterizedTest
        @CsvSource(delimiter = '|', textBlock = """
                InstanceId=i-app-1                                              | MissingParameter           | GroupId
                InstanceId=i-orders-1&GroupId.1=sg-app                          | InvalidInstanceID.NotFound | i-orders-1
                InstanceId=i-app-1&GroupId.1=sg-none                            | InvalidGroup.NotFound      | sg-none
                InstanceId=i-app-1&InstanceType.Value=t3.nano                   | UnsupportedOperation       | InstanceType
                InstanceId=i-app-1&GroupId.1=sg-app&GroupId.2=sg-db&GroupId.3=sg-extra | SecurityGroupsPerInstanceLimitExceeded | 2
                """)
        void byInstanceRefuses(String form, String code, String message) {
            assertRefused("ModifyInstanceAttribute", form, code, message);
        }
    }

    @Nested
    class OfTheVpc {

        @Test
        void thereIsOneAndItIsTheDefault() {
            Answer answer = server.call("DescribeVpcs", "VpcId.1=vpc-00000000");
            assertThat(answer.text("vpcSet/item/vpcId")).isEqualTo("vpc-00000000");
            assertThat(answer.text("vpcSet/item/isDefault")).isEqualTo("true");
            assertThat(answer.text("vpcSet/item/cidrBlock")).isEqualTo("0.0.0.0/0");
            assertThat(answer.text("vpcSet/item/state")).isEqualTo("available");
            assertThat(answer.isEmptyList("vpcSet/item/tagSet")).isTrue();
            assertRefused(
                    "DescribeVpcs", "VpcId.1=vpc-1", "InvalidVpcID.NotFound", "The vpc ID 'vpc-1' does not exist");
            assertRefused("CreateVpc", "CidrBlock=10.0.0.0/16", "UnsupportedOperation", "one network");
        }

        @ParameterizedTest
        @CsvSource({
            "isDefault, true, 1",
            "is-default, true, 1",
            "is-default, false, 0",
            "vpc-id, vpc-1, 0",
            "state, available, 1",
            "owner-id, 000000000000, 1",
            "tag:Name, x, 0"
        })
        void filters(String name, String value, int found) {
            assertThat(server.call("DescribeVpcs", filter(name, value)).count("vpcSet/item"))
                    .isEqualTo(found);
        }

        @ParameterizedTest
        @ValueSource(strings = {"enableDnsHostnames", "enableDnsSupport", "enableNetworkAddressUsageMetrics"})
        void attributes(String attribute) {
            Answer answer = server.call("DescribeVpcAttribute", "VpcId=vpc-00000000&Attribute=" + attribute);
            assertThat(answer.text(attribute + "/value")).isEqualTo("false");
            assertThat(answer.text("vpcId")).isEqualTo("vpc-00000000");
            assertRefused("DescribeVpcAttribute", "VpcId=vpc-00000000&Attribute=x", "InvalidParameterValue", attribute);
        }

        @ParameterizedTest
        @CsvSource({
            "DescribeVpcClassicLink, vpcSet/item/, classicLinkEnabled",
            "DescribeVpcClassicLinkDnsSupport, vpcs/item/, classicLinkDnsSupported"
        })
        void itIsLinkedToNoOther(String action, String item, String what) {
            Answer answer = server.call(action, "VpcId.1=vpc-00000000");
            assertThat(answer.text(item + "vpcId")).isEqualTo("vpc-00000000");
            assertThat(answer.text(item + what)).isEqualTo("false");
            assertRefused(action, "VpcId.1=vpc-1", "InvalidVpcID.NotFound", "vpc-1");
        }

        @Test
        void itsGroupsAreAllGroups() {
            Answer all = server.call("GetSecurityGroupsForVpc", "VpcId=vpc-00000000");
            assertThat(all.texts("securityGroupForVpcSet/item/groupId")).containsExactly("sg-app", "sg-db", "sg-extra");
            Answer one = server.call("GetSecurityGroupsForVpc", "VpcId=vpc-00000000&" + filter("group-name", "app"));
            assertThat(one.text("securityGroupForVpcSet/item/description")).isEqualTo("Application servers");
            assertThat(one.text("securityGroupForVpcSet/item/primaryVpcId")).isEqualTo("vpc-00000000");
            assertThat(one.text("securityGroupForVpcSet/item/tagSet/item/key")).isEqualTo("team");
            assertRefused("GetSecurityGroupsForVpc", "", "MissingParameter", "VpcId");
            assertRefused("GetSecurityGroupsForVpc", "VpcId=vpc-1", "InvalidVpcID.NotFound", "vpc-1");
        }

        @Test
        void noGroupIsStaleOrReferredToFromElsewhere() {
            assertThat(server.call("DescribeStaleSecurityGroups", "VpcId=vpc-00000000")
                            .isEmptyList("staleSecurityGroupSet"))
                    .isTrue();
            assertThat(server.call("DescribeSecurityGroupReferences", "GroupId.1=sg-app")
                            .isEmptyList("securityGroupReferenceSet"))
                    .isTrue();
            assertThat(server.call("DescribeSecurityGroupVpcAssociations", "")
                            .isEmptyList("securityGroupVpcAssociationSet"))
                    .isTrue();
            assertRefused("DescribeStaleSecurityGroups", "VpcId=vpc-1", "InvalidVpcID.NotFound", "vpc-1");
            assertRefused("DescribeStaleSecurityGroups", "", "MissingParameter", "VpcId");
            assertRefused(
                    "DescribeStaleSecurityGroups",
                    "VpcId=vpc-00000000&MaxResults=256",
                    "InvalidParameterValue",
                    "less than 255");
            assertRefused("DescribeSecurityGroupReferences", "GroupId.1=sg-x", "InvalidGroup.NotFound", "sg-x");
            assertRefused("DescribeSecurityGroupReferences", "", "MissingParameter", "GroupId");
            assertRefused("AssociateSecurityGroupVpc", "GroupId=sg-app", "UnsupportedOperation", "one network");
        }
    }

    @Nested
    class Surroundings {

        @Test
        void thereIsOneRegionWithOneZone() {
            Answer regions = server.call("DescribeRegions", "AllRegions=true");
            assertThat(regions.text("regionInfo/item/regionName")).isEqualTo("us-east-1");
            assertThat(regions.text("regionInfo/item/regionEndpoint")).isEqualTo("ec2.us-east-1.amazonaws.com");
            assertThat(regions.text("regionInfo/item/optInStatus")).isEqualTo("opt-in-not-required");
            Answer zones = server.call("DescribeAvailabilityZones", filter("region-name", "us-east-1"));
            assertThat(zones.text("availabilityZoneInfo/item/zoneName")).isEqualTo("us-east-1a");
            assertThat(zones.text("availabilityZoneInfo/item/zoneState")).isEqualTo("available");
            assertThat(server.call("DescribeRegions", filter("region-name", "eu-*"))
                            .isEmptyList("regionInfo"))
                    .isTrue();
            assertRefused("DescribeRegions", "RegionName.1=mars-1", "InvalidParameterValue", "mars-1");
            assertRefused("DescribeAvailabilityZones", "ZoneName.1=us-east-1b", "InvalidParameterValue", "us-east-1b");
        }

        @Test
        void theAccountHasADefaultVpc() {
            Answer all = server.call("DescribeAccountAttributes", "");
            assertThat(all.texts("accountAttributeSet/item/attributeName"))
                    .containsExactly("supported-platforms", "default-vpc", "vpc-max-security-groups-per-interface");
            assertThat(all.texts("accountAttributeSet/item/attributeValueSet/item/attributeValue"))
                    .containsExactly("VPC", "vpc-00000000", "2");
            assertThat(server.call("DescribeAccountAttributes", "AttributeName.1=default-vpc")
                            .count("accountAttributeSet/item"))
                    .isEqualTo(1);
            assertRefused("DescribeAccountAttributes", "AttributeName.1=x", "InvalidParameterValue", "default-vpc");
        }

        @ParameterizedTest
        @CsvSource({
            "DescribeSubnets, subnetSet, SubnetId, InvalidSubnetID.NotFound",
            "DescribeRouteTables, routeTableSet, RouteTableId, InvalidRouteTableID.NotFound",
            "DescribeVpcPeeringConnections, vpcPeeringConnectionSet, VpcPeeringConnectionId,"
                    + " InvalidVpcPeeringConnectionID.NotFound"
        })
        void ofSomeThingsThereAreNone(String action, String list, String parameter, String code) {
            assertThat(server.call(action, filter("vpc-id", "vpc-00000000")).isEmptyList(list))
                    .isTrue();
            assertRefused(action, parameter + ".1=x-1", code, "'x-1' does not exist");
        }
    }
}
