package io.secgroupd.controlplane.aws.ec2;

import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.controlplane.aws.AwsError;
import io.secgroupd.controlplane.aws.operation.Answer;
import io.secgroupd.controlplane.aws.operation.OperationKit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuthorizeTest {

    private static final String IN = "AuthorizeSecurityGroupIngress";
    private static final String TCP443 =
            "IpPermissions.1.IpProtocol=tcp&IpPermissions.1.FromPort=443&IpPermissions.1.ToPort=443";
    private static final String CIDR = "&IpPermissions.1.IpRanges.1.CidrIp=";
    private static final String RULE = "securityGroupRuleSet/item/";

    private static final String RULES = """
            version: 1
            limits: {rules_per_security_group: 6}
            prefix_lists: {pl-office: [192.0.2.0/24]}
            security_groups:
              sg-web:
                name: web
                inbound:
                  - {protocol: tcp, ports: 22, source: any}   # ssh
              sg-app: {name: app}
            """;

    private final OperationKit server = OperationKit.given(Ec2.catalog(), RULES);

    @Test
    void eachPeerIsARuleInTheOrderOfTheRequest() {
        Answer answer = server.call(
                IN,
                "GroupId=sg-web&" + TCP443 + CIDR + "10.1.2.3/24&IpPermissions.1.IpRanges.1.Description=office"
                        + "&IpPermissions.1.Ipv6Ranges.1.CidrIpv6=2001:DB8:0::/32"
                        + "&IpPermissions.1.PrefixListIds.1.PrefixListId=pl-office"
                        + "&IpPermissions.1.Groups.1.GroupName=app");
        assertThat(answer.text("return")).isEqualTo("true");
        assertThat(answer.count(RULE + "securityGroupRuleId")).isEqualTo(4);
        assertThat(answer.text(RULE + "cidrIpv4")).isEqualTo("10.1.2.0/24");
        assertThat(answer.text(RULE + "description")).isEqualTo("office");
        assertThat(answer.text(RULE + "cidrIpv6")).isEqualTo("2001:db8::/32");
        assertThat(answer.text(RULE + "prefixListId")).isEqualTo("pl-office");
        assertThat(answer.text(RULE + "referencedGroupInfo/groupId")).isEqualTo("sg-app");
        assertThat(answer.texts(RULE + "isEgress")).containsOnly("false");
        assertThat(server.rules())
                .contains("source: any}   # ssh\n      - {protocol: tcp, ports: 443, source: 10.1.2.0/24");
    }

    @Test
    void theFlatFormOfOldClientsMeansTheSame() {
        Answer answer = server.call(IN, "GroupName=web&IpProtocol=TCP&FromPort=80&ToPort=90&CidrIp=10.0.0.0/8");
        assertThat(answer.text(RULE + "ipProtocol")).isEqualTo("tcp");
        assertThat(answer.text(RULE + "toPort")).isEqualTo("90");
        Answer group = server.call(IN, "GroupName=web&IpProtocol=17&FromPort=53&ToPort=53&SourceSecurityGroupName=app");
        assertThat(group.text(RULE + "ipProtocol")).isEqualTo("udp");
        assertThat(group.text(RULE + "referencedGroupInfo/groupId")).isEqualTo("sg-app");
    }

    @Test
    void protocolsWithoutPortsShowMinusOne() {
        String all = "GroupId=sg-web&IpPermissions.1.IpProtocol=-1&IpPermissions.1.FromPort=0&IpPermissions.1.ToPort=0";
        Answer answer = server.call(IN, all + CIDR + "10.0.0.0/8");
        assertThat(answer.text(RULE + "fromPort")).isEqualTo("-1");
        Answer esp = server.call(IN, "GroupId=sg-web&IpPermissions.1.IpProtocol=50" + CIDR + "10.0.0.0/8");
        assertThat(esp.text(RULE + "ipProtocol")).isEqualTo("50");
        Answer ping = server.call(
                IN,
                "GroupId=sg-web&IpPermissions.1.IpProtocol=1&IpPermissions.1.FromPort=8&IpPermissions.1.ToPort=-1"
                        + CIDR + "10.0.0.0/8");
        assertThat(ping.text(RULE + "ipProtocol")).isEqualTo("icmp");
        assertThat(ping.text(RULE + "fromPort")).isEqualTo("8");
        assertThat(ping.text(RULE + "toPort")).isEqualTo("-1");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            GroupId=sg-web                                               | MissingParameter
            GroupId=sg-none&IpProtocol=tcp&FromPort=1&ToPort=1&CidrIp=10.0.0.0/8 | InvalidGroup.NotFound
            GroupId=web&IpProtocol=tcp&FromPort=1&ToPort=1&CidrIp=10.0.0.0/8 | InvalidGroupId.Malformed
            GroupId=sg-web&FromPort=1&ToPort=1&CidrIp=10.0.0.0/8         | InvalidParameterValue
            GroupId=sg-web&IpProtocol=tpc&FromPort=1&ToPort=1&CidrIp=10.0.0.0/8 | InvalidParameterValue
            GroupId=sg-web&IpProtocol=tcp&CidrIp=10.0.0.0/8              | InvalidParameterValue
            GroupId=sg-web&IpProtocol=tcp&FromPort=-1&ToPort=-1&CidrIp=10.0.0.0/8 | InvalidPermission.Malformed
            GroupId=sg-web&IpProtocol=tcp&FromPort=1&ToPort=65536&CidrIp=10.0.0.0/8 | InvalidParameterValue
            GroupId=sg-web&IpProtocol=tcp&FromPort=2&ToPort=1&CidrIp=10.0.0.0/8 | InvalidParameterValue
            GroupId=sg-web&IpProtocol=icmp&FromPort=-1&ToPort=0&CidrIp=10.0.0.0/8 | InvalidParameterValue
            GroupId=sg-web&IpProtocol=icmp&CidrIp=10.0.0.0/8             | InvalidParameterValue
            GroupId=sg-web&IpProtocol=icmpv6&CidrIp=10.0.0.0/8           | InvalidParameterValue
            GroupId=sg-web&IpProtocol=tcp&FromPort=1&ToPort=1&CidrIp=10.0.0.1 | InvalidParameterValue
            GroupId=sg-web&IpProtocol=tcp&FromPort=1&ToPort=1&CidrIp=10.0.0.0/33 | InvalidParameterValue
            GroupId=sg-web&IpProtocol=tcp&FromPort=1&ToPort=1&CidrIp=::/0 | InvalidParameterValue
            GroupId=sg-web&IpProtocol=tcp&FromPort=1&ToPort=1            | MissingParameter
            GroupId=sg-web&IpProtocol=tcp&FromPort=1&ToPort=1&SourceSecurityGroupName=none | InvalidGroup.NotFound
            GroupId=sg-web&IpProtocol=tcp&FromPort=1&ToPort=1&SourceSecurityGroupName=app&SourceSecurityGroupOwnerId=111111111111 | InvalidGroup.NotFound
            GroupId=sg-web&IpPermissions.1.IpProtocol=-1&IpPermissions.1.PrefixListIds.1.PrefixListId=pl-none | InvalidPrefixListID.NotFound
            GroupId=sg-web&IpPermissions.1.IpProtocol=-1&IpPermissions.1.Groups.1.GroupId=sg-none | InvalidGroup.NotFound
            GroupId=sg-web&IpPermissions.1.IpProtocol=-1&IpPermissions.1.Groups.1.GroupId=sg-app&IpPermissions.1.Groups.1.VpcPeeringConnectionId=x | UnsupportedOperation
            GroupId=sg-web&IpPermissions.1.IpProtocol=-1                 | MissingParameter
            GroupId=sg-web&IpProtocol=tcp&FromPort=22&ToPort=22&CidrIp=0.0.0.0/0 | InvalidPermission.Duplicate
            """)
    void whatAwsRefusesIsRefusedWithItsCode(String form, String code) {
        assertThat(server.refusal(IN, form).code()).isEqualTo(code);
    }

    @Test
    void aDuplicateIsNamedAsAwsNamesIt() {
        assertThat(server.refusal(IN, "GroupId=sg-web&IpProtocol=tcp&FromPort=22&ToPort=22&CidrIp=0.0.0.0/0"))
                .isEqualTo(
                        AwsError.of(
                                "InvalidPermission.Duplicate",
                                "the specified rule \"peer: 0.0.0.0/0, TCP, from port: 22, to port: 22, ALLOW\" already exists"));
        assertThat(server.refusal(
                        IN,
                        "GroupId=sg-web&" + TCP443 + CIDR + "10.0.0.0/8&IpPermissions.1.IpRanges.2.CidrIp=10.1.0.0/8"))
                .isEqualTo(AwsError.invalid("The same permission must not appear multiple times"));
    }

    @Test
    void familiesAndDirectionsNeverCollide() {
        server.call(IN, "GroupId=sg-app&" + TCP443 + CIDR + "0.0.0.0/0");
        server.call(IN, "GroupId=sg-app&" + TCP443 + "&IpPermissions.1.Ipv6Ranges.1.CidrIpv6=::/0");
        Answer out = server.call("AuthorizeSecurityGroupEgress", "GroupId=sg-app&" + TCP443 + CIDR + "0.0.0.0/0");
        assertThat(out.text(RULE + "isEgress")).isEqualTo("true");
        assertThat(GroupUses.require(server.policy(), "sg-app").outbound()).hasSize(2);
    }

    @Test
    void oneBadPermissionRefusesAllOfThem() {
        assertThat(server.refusal(
                                IN,
                                "GroupId=sg-web&" + TCP443 + CIDR + "10.0.0.0/8"
                                        + "&IpPermissions.2.IpProtocol=tcp&IpPermissions.2.IpRanges.1.CidrIp=10.0.0.0/8")
                        .code())
                .isEqualTo("InvalidParameterValue");
    }

    @Test
    void theLimitOfTheFileIsTheLimit() {
        for (int port = 1; port <= 5; port++) {
            server.call(IN, "GroupId=sg-web&IpProtocol=tcp&CidrIp=10.0.0.0/8&FromPort=" + port + "&ToPort=" + port);
        }
        assertThat(server.refusal(IN, "GroupId=sg-web&" + TCP443 + CIDR + "10.0.0.0/8")
                        .code())
                .isEqualTo("RulesPerSecurityGroupLimitExceeded");
        assertThat(server.refusal("AuthorizeSecurityGroupEgress", "GroupId=sg-web&" + TCP443 + CIDR + "10.0.0.0/8")
                        .code())
                .isEqualTo("RulesPerSecurityGroupLimitExceeded");
    }

    @Test
    void tagsAreKeptByEachRule() {
        Answer answer = server.call(
                IN,
                "GroupId=sg-web&" + TCP443 + CIDR + "10.0.0.0/8&TagSpecification.1.ResourceType=security-group-rule"
                        + "&TagSpecification.1.Tag.1.Key=true&TagSpecification.1.Tag.1.Value=1");
        assertThat(answer.text(RULE + "tagSet/item/key")).isEqualTo("true");
        assertThat(answer.text(RULE + "tagSet/item/value")).isEqualTo("1");
    }

    @Test
    void aRuleWhoseIdIsTakenGetsAnother() {
        Answer first = server.call(IN, "GroupId=sg-web&" + TCP443 + CIDR + "10.0.0.0/8");
        String id = first.text(RULE + "securityGroupRuleId");
        server.call(
                "ModifySecurityGroupRules",
                "GroupId=sg-web&SecurityGroupRule.1.SecurityGroupRuleId=" + id
                        + "&SecurityGroupRule.1.SecurityGroupRule.IpProtocol=tcp"
                        + "&SecurityGroupRule.1.SecurityGroupRule.FromPort=80"
                        + "&SecurityGroupRule.1.SecurityGroupRule.ToPort=80"
                        + "&SecurityGroupRule.1.SecurityGroupRule.CidrIpv4=10.0.0.0/8");
        Answer again = server.call(IN, "GroupId=sg-web&" + TCP443 + CIDR + "10.0.0.0/8");
        assertThat(again.text(RULE + "securityGroupRuleId")).isEqualTo("sgr-00000000000000001");
    }
}
