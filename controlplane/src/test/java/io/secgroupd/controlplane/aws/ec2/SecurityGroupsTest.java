package io.secgroupd.controlplane.aws.ec2;

import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.controlplane.aws.AwsError;
import io.secgroupd.controlplane.aws.operation.Answer;
import io.secgroupd.controlplane.aws.operation.OperationKit;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SecurityGroupsTest {

    private static final String ITEMS = "securityGroupInfo/item/";

    private static final String RULES = """
            version: 1
            security_groups:
              sg-web:
                name: web
                description: The web servers
                tags: {team: shop, stage: prod}
                inbound:
                  - {protocol: tcp, ports: 443, source: any, description: everybody}
                  - {protocol: tcp, ports: [22, 443], source: [10.0.0.0/8, sg-db]}
                outbound: []
              sg-db:
                inbound: [{protocol: tcp, ports: 5432, source: sg-web}]
              sg-old:
                name: Old
            instances:
              web-1: {addresses: [10.0.0.1], security_groups: [sg-web]}
            clusters:
              orders: {security_groups: [sg-db], instances: {orders-1: {addresses: [10.0.1.1]}}}
            """;

    private final OperationKit server = OperationKit.given(Ec2.catalog(), RULES);

    @Test
    void aNewGroupLetsNobodyInAndEverythingOut() {
        Answer created = server.call(
                "CreateSecurityGroup",
                "GroupName=app&GroupDescription=For tests&VpcId=vpc-00000000"
                        + "&TagSpecification.1.ResourceType=security-group"
                        + "&TagSpecification.1.Tag.1.Key=team&TagSpecification.1.Tag.1.Value=shop");
        String id = created.text("groupId");
        assertThat(id).isEqualTo("sg-00000000000000001");
        assertThat(created.text("tagSet/item/value")).isEqualTo("shop");

        Answer shown = server.call("DescribeSecurityGroups", "GroupId.1=" + id);
        assertThat(shown.text(ITEMS + "groupName")).isEqualTo("app");
        assertThat(shown.text(ITEMS + "groupDescription")).isEqualTo("For tests");
        assertThat(shown.text(ITEMS + "ownerId")).isEqualTo("000000000000");
        assertThat(shown.isEmptyList(ITEMS + "ipPermissions")).isTrue();
        assertThat(shown.texts(ITEMS + "ipPermissionsEgress/item/ipProtocol")).containsExactly("-1");
        assertThat(shown.texts(ITEMS + "ipPermissionsEgress/item/ipRanges/item/cidrIp"))
                .containsExactly("0.0.0.0/0");
        assertThat(shown.texts(ITEMS + "ipPermissionsEgress/item/ipv6Ranges/item/cidrIpv6"))
                .containsExactly("::/0");
        assertThat(shown.count(ITEMS + "ipPermissionsEgress/item/fromPort")).isZero();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            GroupDescription=x                              | MissingParameter
            GroupName=app                                   | MissingParameter
            GroupName=sg-app&GroupDescription=x             | InvalidParameterValue
            GroupName=Default&GroupDescription=x            | InvalidParameterValue
            GroupName=caf%C3%A9&GroupDescription=x          | InvalidParameterValue
            GroupName=&GroupDescription=x                   | InvalidParameterValue
            GroupName=app&GroupDescription=                 | InvalidParameterValue
            GroupName=app&GroupDescription=%C3%A9           | InvalidParameterValue
            GroupName=WEB&GroupDescription=x                | InvalidGroup.Duplicate
            GroupName=app&GroupDescription=x&VpcId=vpc-1    | InvalidVpcID.NotFound
            GroupName=app&GroupDescription=x&Colour=red     | UnknownParameter
            GroupName=app&GroupDescription=x&TagSpecification.1.ResourceType=instance | InvalidParameterValue
            """)
    void aGroupThatAwsWouldNotMakeIsNotMade(String form, String code) {
        assertThat(server.refusal("CreateSecurityGroup", form).code()).isEqualTo(code);
    }

    @Test
    void rulesOfTheSameServiceAreOnePermission() {
        Answer shown = server.call("DescribeSecurityGroups", "GroupName.1=web");
        String permissions = ITEMS + "ipPermissions/item";
        assertThat(shown.texts(permissions + "/fromPort")).containsExactly("443", "22");
        assertThat(shown.texts(permissions + "[1]/ipRanges/item/cidrIp")).containsExactly("0.0.0.0/0", "10.0.0.0/8");
        assertThat(shown.texts(permissions + "[1]/ipRanges/item[1]/description"))
                .containsExactly("everybody");
        assertThat(shown.count(permissions + "[1]/ipRanges/item[2]/description"))
                .isZero();
        assertThat(shown.texts(permissions + "[1]/groups/item/groupId")).containsExactly("sg-db");
        assertThat(shown.texts(permissions + "[1]/groups/item/userId")).containsExactly("000000000000");
        assertThat(shown.isEmptyList(permissions + "[2]/prefixListIds")).isTrue();
        assertThat(shown.isEmptyList(ITEMS + "ipPermissionsEgress")).isTrue();
    }

    @Test
    void whatTheFileDoesNotSayIsShownAsTheId() {
        Answer shown = server.call("DescribeSecurityGroups", "GroupId.1=sg-db");
        assertThat(shown.text(ITEMS + "groupName")).isEqualTo("sg-db");
        assertThat(shown.text(ITEMS + "groupDescription")).isEqualTo("sg-db");
        assertThat(shown.isEmptyList(ITEMS + "tagSet")).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            group-name                    | web           | sg-web
            group-name                    | *e*           | sg-web
            group-id                      | sg-?b         | sg-db
            description                   | The web*      | sg-web
            owner-id                      | 000000000000  | sg-web,sg-db,sg-old
            vpc-id                        | vpc-1         | ''
            tag:team                      | shop          | sg-web
            tag-key                       | stage         | sg-web
            ip-permission.cidr            | 10.0.0.0/8    | sg-web
            ip-permission.ipv6-cidr       | ::/0          | sg-web
            ip-permission.from-port       | 22            | sg-web
            ip-permission.to-port         | 5432          | sg-db
            ip-permission.protocol        | tcp           | sg-web,sg-db
            ip-permission.group-id        | sg-web        | sg-db
            ip-permission.group-name      | web           | sg-db
            ip-permission.user-id         | 000000000000  | sg-web,sg-db
            egress.ip-permission.protocol | -1            | sg-db,sg-old
            egress.ip-permission.cidr     | 0.0.0.0/0     | sg-db,sg-old
            group-name                    | nobody        | ''
            """)
    void filtersChoose(String name, String value, String expected) {
        Answer shown = server.call("DescribeSecurityGroups", "Filter.1.Name=" + name + "&Filter.1.Value.1=" + value);
        assertThat(String.join(",", shown.texts(ITEMS + "groupId"))).isEqualTo(expected);
    }

    @Test
    void valuesAreAlternativesAndFiltersAreConditions() {
        Answer shown = server.call(
                "DescribeSecurityGroups",
                "Filter.1.Name=group-id&Filter.1.Value.1=sg-web&Filter.1.Value.2=sg-db"
                        + "&Filter.2.Name=tag:team&Filter.2.Value.1=shop");
        assertThat(shown.texts(ITEMS + "groupId")).containsExactly("sg-web");
        assertThat(server.refusal("DescribeSecurityGroups", "Filter.1.Name=colour&Filter.1.Value.1=x"))
                .isEqualTo(AwsError.invalid("The filter 'colour' is invalid"));
    }

    @Test
    void whatIsNamedMustExist() {
        assertThat(server.refusal("DescribeSecurityGroups", "GroupId.1=sg-web&GroupId.2=sg-none"))
                .isEqualTo(AwsError.of("InvalidGroup.NotFound", "The security group 'sg-none' does not exist"));
        assertThat(server.refusal("DescribeSecurityGroups", "GroupId.1=foo").code())
                .isEqualTo("InvalidGroupId.Malformed");
        assertThat(server.refusal("DescribeSecurityGroups", "GroupName.1=default")
                        .message())
                .isEqualTo("The security group 'default' does not exist in default VPC 'vpc-00000000'");
    }

    @Test
    void pagesTogetherAreTheWhole() {
        for (int i = 0; i < 9; i++) {
            server.call("CreateSecurityGroup", "GroupName=g" + i + "&GroupDescription=x");
        }
        Answer first = server.call("DescribeSecurityGroups", "MaxResults=5");
        String token = first.text("nextToken");
        server.call("DeleteSecurityGroup", "GroupId=sg-old"); // the token stays good across a change
        Answer second = server.call("DescribeSecurityGroups", "MaxResults=5&NextToken=" + token);
        Answer third = server.call("DescribeSecurityGroups", "MaxResults=5&NextToken=" + second.text("nextToken"));
        assertThat(List.of(first, second, third))
                .flatExtracting(page -> page.texts(ITEMS + "groupName"))
                .containsExactly("web", "sg-db", "Old", "g0", "g1", "g2", "g3", "g4", "g5", "g6", "g7", "g8");
        assertThat(third.count("nextToken")).isZero();
        assertThat(server.refusal("DescribeSecurityGroups", "MaxResults=1").message())
                .isEqualTo("Value ( 1 ) for parameter maxResults is invalid. Expecting a value greater than 5.");
        assertThat(server.refusal("DescribeSecurityGroups", "NextToken=nonsense")
                        .code())
                .isEqualTo("InvalidParameterValue");
    }

    @Test
    void aGroupThatIsUsedStays() {
        assertThat(server.refusal("DeleteSecurityGroup", "GroupId=sg-web"))
                .isEqualTo(AwsError.of(
                        "DependencyViolation",
                        "resource sg-web has a dependent object: instance web-1, a rule of sg-db"));
        assertThat(server.refusal("DeleteSecurityGroup", "GroupId=sg-db").message())
                .contains("cluster orders");
    }

    @Test
    void aGroupIsDeletedByItsName() {
        assertThat(server.call("DeleteSecurityGroup", "GroupName=Old").text("groupId"))
                .isEqualTo("sg-old");
        assertThat(server.rules()).doesNotContain("sg-old");
        assertThat(server.refusal("DeleteSecurityGroup", "GroupId=sg-old").code())
                .isEqualTo("InvalidGroup.NotFound");
    }

    @Test
    void aNameThatTwoGroupsShareChoosesNeither() {
        OperationKit twins = OperationKit.given(
                Ec2.catalog(), "version: 1\nsecurity_groups: {sg-a: {name: twin}, sg-b: {name: twin}}\n");
        assertThat(twins.refusal("DeleteSecurityGroup", "GroupName=twin").code())
                .isEqualTo("InvalidParameterValue");
    }
}
