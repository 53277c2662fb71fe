package io.secgroupd.controlplane.aws.ec2;

import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.controlplane.aws.operation.Answer;
import io.secgroupd.controlplane.aws.operation.OperationKit;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RevokeTest {

    private static final String IN = "RevokeSecurityGroupIngress";
    private static final String OUT = "RevokeSecurityGroupEgress";
    private static final String EVERYTHING =
            "&IpPermissions.1.IpProtocol=-1&IpPermissions.1.FromPort=0&IpPermissions.1.ToPort=0";

    private static final String RULES = """
            version: 1
            security_groups:
              sg-web:
                inbound:
                  - {protocol: tcp, ports: [80, 443], source: [10.0.0.0/8, 192.0.2.0/24], description: in}
                  - {protocol: tcp, ports: 22, source: any}
              sg-other:
                inbound: [{protocol: tcp, ports: 22, source: 10.0.0.0/8}]
            """;

    private final OperationKit server = OperationKit.given(Ec2.catalog(), RULES);

    @Test
    void exactlyOneRuleOfAnEntryGoes() {
        Answer answer = server.call(IN, "GroupId=sg-web&IpProtocol=tcp&FromPort=80&ToPort=80&CidrIp=10.0.0.0/8");
        assertThat(answer.text("return")).isEqualTo("true");
        assertThat(answer.isEmptyList("unknownIpPermissionSet")).isTrue();
        assertThat(answer.text("revokedSecurityGroupRuleSet/item/cidrIpv4")).isEqualTo("10.0.0.0/8");
        assertThat(terms(server)).doesNotContain("tcp 80 from 10.0.0.0/8").hasSize(4);
    }

    @Test
    void aPermissionWithSeveralPeersTakesSeveralRules() {
        server.call(
                IN,
                "GroupId=sg-web&IpPermissions.1.IpProtocol=6&IpPermissions.1.FromPort=80&IpPermissions.1.ToPort=80"
                        + "&IpPermissions.1.IpRanges.1.CidrIp=10.0.0.0/8&IpPermissions.1.IpRanges.1.Description=other"
                        + "&IpPermissions.1.IpRanges.2.CidrIp=192.0.2.77/24");
        assertThat(terms(server)).hasSize(3);
    }

    @Test
    void oneFamilyOfAnyGoesAndTheOtherStays() {
        server.call(IN, "GroupId=sg-web&IpProtocol=tcp&FromPort=22&ToPort=22&CidrIp=0.0.0.0/0");
        assertThat(terms(server)).contains("tcp 22 from ::/0");
    }

    /** Terraform does this after it has made a group, and the first of the two must succeed. */
    @Test
    void theImpliedRuleForEverythingThatGoesOutIsRevokedByHalves() {
        Answer first = server.call(OUT, "GroupId=sg-web" + EVERYTHING + "&IpPermissions.1.IpRanges.1.CidrIp=0.0.0.0/0");
        assertThat(first.text("revokedSecurityGroupRuleSet/item/isEgress")).isEqualTo("true");
        assertThat(GroupUses.require(server.policy(), "sg-web").outbound())
                .extracting(rule -> rule.terms())
                .containsExactly("all to ::/0");
        server.call(OUT, "GroupId=sg-web" + EVERYTHING + "&IpPermissions.1.Ipv6Ranges.1.CidrIpv6=::/0");
        assertThat(GroupUses.require(server.policy(), "sg-web").outbound()).isEmpty();
        assertThat(server.rules()).contains("outbound: []");
        assertThat(server.refusal(OUT, "GroupId=sg-web" + EVERYTHING + "&IpPermissions.1.Ipv6Ranges.1.CidrIpv6=::/0")
                        .code())
                .isEqualTo("InvalidPermission.NotFound");
    }

    @Test
    void rulesGoByTheirIds() {
        String form = "Filter.1.Name=group-id&Filter.1.Value.1=sg-web";
        List<String> ids =
                server.call("DescribeSecurityGroupRules", form).texts("securityGroupRuleSet/item/securityGroupRuleId");
        server.call(IN, "GroupId=sg-web&SecurityGroupRuleId.1=" + ids.get(0) + "&SecurityGroupRuleId.2=" + ids.get(3));
        assertThat(server.call("DescribeSecurityGroupRules", form)
                        .texts("securityGroupRuleSet/item/securityGroupRuleId"))
                .hasSize(6)
                .doesNotContain(ids.get(0), ids.get(3));
    }

    @Test
    void theIdThatTheLogShowsIsTheFirstPart() {
        String logged = GroupUses.require(server.policy(), "sg-web").inbound().stream()
                .filter(rule -> rule.terms().equals("tcp 22 from any"))
                .findFirst()
                .orElseThrow()
                .id();
        server.call(IN, "GroupId=sg-web&SecurityGroupRuleId.1=" + logged);
        assertThat(terms(server)).contains("tcp 22 from ::/0").doesNotContain("tcp 22 from any");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            GroupId=sg-web                                                          | MissingParameter
            GroupId=sg-none&IpProtocol=tcp&FromPort=22&ToPort=22&CidrIp=10.0.0.0/8  | InvalidGroup.NotFound
            GroupId=sg-web&IpProtocol=tcp&FromPort=22&ToPort=22&CidrIp=10.0.0.0/8   | InvalidPermission.NotFound
            GroupId=sg-web&IpProtocol=udp&FromPort=80&ToPort=80&CidrIp=10.0.0.0/8   | InvalidPermission.NotFound
            GroupId=sg-web&SecurityGroupRuleId.1=sgr-none                           | InvalidSecurityGroupRuleId.NotFound
            GroupId=sg-web&SecurityGroupRuleId.1=none                               | InvalidSecurityGroupRuleId.Malformed
            GroupId=sg-web&SecurityGroupRuleId.1=sgr-1&IpProtocol=-1&CidrIp=10.0.0.0/8 | InvalidParameterCombination
            GroupId=sg-web&IpPermissions.1.IpProtocol=-1&IpPermissions.1.Groups.1.GroupId=sg-none | InvalidGroup.NotFound
            """)
    void aRevocationThatFindsNothingIsAnError(String form, String code) {
        assertThat(server.refusal(IN, form).code()).isEqualTo(code);
    }

    @Test
    void whatOneMissRefusesRefusesAll() {
        assertThat(server.refusal(
                                IN,
                                "GroupId=sg-web&IpPermissions.1.IpProtocol=tcp&IpPermissions.1.FromPort=80"
                                        + "&IpPermissions.1.ToPort=80&IpPermissions.1.IpRanges.1.CidrIp=10.0.0.0/8"
                                        + "&IpPermissions.1.IpRanges.2.CidrIp=10.9.0.0/16")
                        .code())
                .isEqualTo("InvalidPermission.NotFound");
    }

    @Test
    void anIdOfAnotherGroupOrDirectionIsNotFound() {
        String other =
                GroupUses.require(server.policy(), "sg-other").inbound().get(0).id();
        assertThat(server.refusal(IN, "GroupId=sg-web&SecurityGroupRuleId.1=" + other)
                        .code())
                .isEqualTo("InvalidSecurityGroupRuleId.NotFound");
        assertThat(server.refusal(OUT, "GroupId=sg-other&SecurityGroupRuleId.1=" + other)
                        .code())
                .isEqualTo("InvalidSecurityGroupRuleId.NotFound");
    }

    private static List<String> terms(OperationKit server) {
        return GroupUses.require(server.policy(), "sg-web").inbound().stream()
                .map(rule -> rule.terms())
                .toList();
    }
}
