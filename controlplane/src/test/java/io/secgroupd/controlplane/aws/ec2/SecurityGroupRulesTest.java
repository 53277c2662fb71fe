package io.secgroupd.controlplane.aws.ec2;

import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.controlplane.aws.operation.Answer;
import io.secgroupd.controlplane.aws.operation.OperationKit;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SecurityGroupRulesTest {

    private static final String RULE = "securityGroupRuleSet/item/";
    private static final String MODIFY = "GroupId=sg-web&SecurityGroupRule.1.SecurityGroupRuleId=";
    private static final String TERMS = "&SecurityGroupRule.1.SecurityGroupRule.";
    private static final String TCP90 = TERMS + "IpProtocol=tcp" + TERMS + "FromPort=90" + TERMS + "ToPort=90";

    private static final String RULES = """
            version: 1
            prefix_lists: {pl-office: [192.0.2.0/24]}
            security_groups:
              sg-web:
                inbound:
                  - {protocol: tcp, ports: 80, source: [10.0.0.0/8, 192.0.2.0/24], tags: {team: shop}}
                  - {id: sgr-ssh, protocol: tcp, ports: 22, source: sg-web, description: ssh}
                outbound: [{protocol: all, destination: pl-office}]
              sg-two:
                inbound: [{protocol: icmp, source: 10.0.0.0-10.0.0.2}]
                outbound: []
            """;

    private final OperationKit server = OperationKit.given(Ec2.catalog(), RULES);

    @Test
    void eachRuleIsShownWithItsOnlyPeer() {
        Answer shown = server.call("DescribeSecurityGroupRules", "");
        assertThat(shown.texts(RULE + "groupId"))
                .containsExactly("sg-web", "sg-web", "sg-web", "sg-web", "sg-two", "sg-two");
        assertThat(shown.texts(RULE + "ipProtocol")).containsExactly("tcp", "tcp", "tcp", "-1", "icmp", "icmp");
        assertThat(shown.texts(RULE + "cidrIpv4"))
                .containsExactly("10.0.0.0/8", "192.0.2.0/24", "10.0.0.0/31", "10.0.0.2/32");
        assertThat(shown.texts(RULE + "referencedGroupInfo/groupId")).containsExactly("sg-web");
        assertThat(shown.texts(RULE + "prefixListId")).containsExactly("pl-office");
        assertThat(shown.texts(RULE + "isEgress[.='true']")).hasSize(1);
        assertThat(shown.texts(RULE + "securityGroupRuleId")).doesNotHaveDuplicates();
    }

    @Test
    void idsAndFiltersChoose() {
        Answer one = server.call("DescribeSecurityGroupRules", "SecurityGroupRuleId.1=sgr-ssh");
        assertThat(one.text(RULE + "description")).isEqualTo("ssh");
        assertThat(one.text(RULE + "groupOwnerId")).isEqualTo("000000000000");
        assertThat(chosen("group-id", "sg-two")).hasSize(2);
        assertThat(chosen("group-id", "sg-none")).isEmpty();
        assertThat(chosen("tag:team", "shop")).hasSize(2);
        assertThat(chosen("security-group-rule-id", "sgr-s*")).containsExactly("sgr-ssh");
    }

    @Test
    void idsThatAreNoneAreErrors() {
        assertThat(code("DescribeSecurityGroupRules", "SecurityGroupRuleId.1=sgr-none"))
                .isEqualTo("InvalidSecurityGroupRuleId.NotFound");
        assertThat(code("DescribeSecurityGroupRules", "SecurityGroupRuleId.1=none"))
                .isEqualTo("InvalidSecurityGroupRuleId.Malformed");
        assertThat(server.refusal("DescribeSecurityGroupRules", "Filter.1.Name=group-id&Filter.1.Value.1=foobar")
                        .message())
                .isEqualTo("The security group ID 'foobar' is malformed");
    }

    @Test
    void aModifiedRuleKeepsItsIdAndItsTags() {
        String id = chosen("tag:team", "shop").get(0);
        server.call(
                "ModifySecurityGroupRules",
                MODIFY + id + TCP90 + TERMS + "CidrIpv4=10.0.0.0/8" + TERMS + "Description=new");
        Answer shown = server.call("DescribeSecurityGroupRules", "SecurityGroupRuleId.1=" + id);
        assertThat(shown.text(RULE + "fromPort")).isEqualTo("90");
        assertThat(shown.text(RULE + "description")).isEqualTo("new");
        assertThat(shown.text(RULE + "tagSet/item/value")).isEqualTo("shop");
        assertThat(chosen("group-id", "sg-web")).hasSize(4);
    }

    @Test
    void whatIsNotSaidAgainIsGone() {
        server.call("ModifySecurityGroupRules", MODIFY + "sgr-ssh" + TCP90 + TERMS + "ReferencedGroupId=sg-two");
        Answer shown = server.call("DescribeSecurityGroupRules", "SecurityGroupRuleId.1=sgr-ssh");
        assertThat(shown.count(RULE + "description")).isZero();
        assertThat(shown.text(RULE + "referencedGroupInfo/groupId")).isEqualTo("sg-two");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            sgr-none  | CidrIpv4=10.0.0.0/8                       | InvalidSecurityGroupRuleId.NotFound
            none      | CidrIpv4=10.0.0.0/8                       | InvalidSecurityGroupRuleId.Malformed
            sgr-ssh   | Description=x                             | MissingParameter
            sgr-ssh   | CidrIpv4=10.0.0.0/8                       | InvalidParameterValue
            sgr-ssh   | ReferencedGroupId=sg-none                 | InvalidGroup.NotFound
            """)
    void aRuleThatCannotBeModifiedStaysAsItIs(String id, String peer, String code) {
        assertThat(code("ModifySecurityGroupRules", MODIFY + id + TCP90 + TERMS + peer))
                .isEqualTo(code);
    }

    @Test
    void twoPeersOrTwoEqualRulesAreRefused() {
        String id = chosen("tag:team", "shop").get(0);
        assertThat(code(
                        "ModifySecurityGroupRules",
                        MODIFY + id + TCP90 + TERMS + "CidrIpv4=10.0.0.0/8" + TERMS + "CidrIpv6=::/0"))
                .isEqualTo("InvalidParameterCombination");
        assertThat(code(
                        "ModifySecurityGroupRules",
                        MODIFY + id + TERMS + "IpProtocol=tcp" + TERMS + "FromPort=80" + TERMS + "ToPort=80" + TERMS
                                + "CidrIpv4=192.0.2.0/24"))
                .isEqualTo("InvalidPermission.Duplicate");
        assertThat(code("ModifySecurityGroupRules", MODIFY + id + TERMS + "CidrIpv4=10.0.0.0/8"))
                .isEqualTo("InvalidParameterValue");
        assertThat(code(
                        "ModifySecurityGroupRules",
                        MODIFY + id + TERMS + "IpProtocol=-1" + TERMS + "FromPort=80" + TERMS + "ToPort=80" + TERMS
                                + "CidrIpv4=192.0.2.0/24"))
                .isEqualTo("InvalidParameterValue");
    }

    @Test
    void anotherKindOfPeerIsRefusedInTheWordsOfAws() {
        String id = chosen("tag:team", "shop").get(0);
        assertThat(server.refusal("ModifySecurityGroupRules", MODIFY + id + TCP90 + TERMS + "CidrIpv6=::/0")
                        .message())
                .isEqualTo("Invalid rule type for security group rule '" + id
                        + "'. You may not specify CidrIpv6 for an existing IPv4 CIDR rule.");
    }

    @Test
    void descriptionsChangeByContentAndById() {
        server.call(
                "UpdateSecurityGroupRuleDescriptionsIngress",
                "GroupId=sg-web&IpPermissions.1.IpProtocol=tcp&IpPermissions.1.FromPort=80&IpPermissions.1.ToPort=80"
                        + "&IpPermissions.1.IpRanges.1.CidrIp=10.0.0.0/8&IpPermissions.1.IpRanges.1.Description=B%C3%BCro");
        assertThat(server.call("DescribeSecurityGroupRules", "Filter.1.Name=tag:team&Filter.1.Value.1=shop")
                        .texts(RULE + "description"))
                .containsExactly("Büro");
        server.call(
                "UpdateSecurityGroupRuleDescriptionsIngress",
                "GroupId=sg-web&SecurityGroupRuleDescription.1.SecurityGroupRuleId=sgr-ssh");
        assertThat(server.call("DescribeSecurityGroupRules", "SecurityGroupRuleId.1=sgr-ssh")
                        .count(RULE + "description"))
                .isZero();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            GroupId=sg-web                                                                | MissingParameter
            GroupId=sg-web&SecurityGroupRuleDescription.1.SecurityGroupRuleId=sgr-none    | InvalidSecurityGroupRuleId.NotFound
            GroupId=sg-web&IpPermissions.1.IpProtocol=-1&IpPermissions.1.IpRanges.1.CidrIp=10.0.0.0/8 | InvalidPermission.NotFound
            GroupId=sg-web&SecurityGroupRuleDescription.1.SecurityGroupRuleId=sgr-ssh&IpProtocol=-1&CidrIp=10.0.0.0/8 | InvalidParameterCombination
            """)
    void descriptionsOfWhatIsNotThereAreRefused(String form, String code) {
        assertThat(code("UpdateSecurityGroupRuleDescriptionsIngress", form)).isEqualTo(code);
    }

    private List<String> chosen(String filter, String value) {
        return server.call("DescribeSecurityGroupRules", "Filter.1.Name=" + filter + "&Filter.1.Value.1=" + value)
                .texts(RULE + "securityGroupRuleId");
    }

    private String code(String action, String form) {
        return server.refusal(action, form).code();
    }
}
