package io.secgroupd.controlplane.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.controlplane.clients.SecurityGroupResource.Group;
import java.io.IOException;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** {@code aws_security_group_rule}, which knows no ids and finds its rules by what they say. */
class SecurityGroupRuleResourceTest extends ClientFixture {

    private static final String RULES = """
            version: 1
            security_groups:
              sg-web:
                inbound:
                  - {protocol: tcp, ports: 443, source: 198.51.100.0/24, description: not Terraform's}
            """;

    private static final Block THERE = Block.of("tcp", 443, 443, "not Terraform's", "198.51.100.0/24");

    SecurityGroupRuleResourceTest() {
        super(RULES);
    }

    private Group group() {
        return new SecurityGroupResource(host.ec2()).read("sg-web").orElseThrow();
    }

    private void createInbound(Block rule) {
        group();
        assertThat(host.ec2()
                        .authorizeSecurityGroupIngress(
                                request -> request.groupId("sg-web").ipPermissions(rule.sent()))
                        .securityGroupRules())
                .hasSameSizeAs(rule.peers());
    }

    private void deleteInbound(Block rule) {
        Refusal.tolerate(
                "InvalidPermission.NotFound",
                () -> host.ec2()
                        .revokeSecurityGroupIngress(
                                request -> request.groupId("sg-web").ipPermissions(rule.sent())));
    }

    @Test
    void inboundRuleStandsBesideThoseThatWereThere() throws IOException {
        Block asked = Block.of("tcp", 443, 443, "the office", "192.0.2.0/24", "2001:db8::/32");
        createInbound(asked);
        assertThat(group().ingress()).containsExactlyInAnyOrder(THERE, asked);

        Block described = Block.of("tcp", 443, 443, "the old office", "192.0.2.0/24", "2001:db8::/32");
        host.ec2()
                .updateSecurityGroupRuleDescriptionsIngress(
                        request -> request.groupId("sg-web").ipPermissions(described.sent()));
        assertThat(group().ingress()).containsExactlyInAnyOrder(THERE, described);

        deleteInbound(described);
        assertThat(group().ingress()).containsExactly(THERE);
        assertThat(host.text()).isEqualTo(RULES);
    }

    @Test
    void ruleThatSomebodyElseHasRevokedIsDestroyedAllTheSame() throws IOException {
        Block asked = Block.of("tcp", 22, 22, "", "192.0.2.0/24");
        createInbound(asked);
        deleteInbound(asked);
        deleteInbound(asked);
        assertThat(host.text()).isEqualTo(RULES);
    }

    @Test
    void ruleThatIsThereIsNotMadeAgain() throws IOException {
        Block other = Block.of("tcp", 443, 443, "words do not tell rules apart", "198.51.100.0/24");
        Refusal refusal = Refusal.of(() -> createInbound(other));
        assertThat(refusal.code()).isEqualTo("InvalidPermission.Duplicate");
        assertThat(host.text()).isEqualTo(RULES);
    }

    @Test
    void outboundRule() {
        Block asked = Block.of("-1", 0, 0, "", "sg-web");
        Set<Block> before = group().egress();
        host.ec2()
                .authorizeSecurityGroupEgress(
                        request -> request.groupId("sg-web").ipPermissions(asked.sent()));
        assertThat(group().egress())
                .isNotEqualTo(before)
                .anyMatch(block -> block.peers().contains("sg-web"));

        Block described = Block.of("-1", 0, 0, "among each other", "sg-web");
        host.ec2()
                .updateSecurityGroupRuleDescriptionsEgress(
                        request -> request.groupId("sg-web").ipPermissions(described.sent()));
        assertThat(group().egress()).contains(described);

        host.ec2()
                .revokeSecurityGroupEgress(request -> request.groupId("sg-web").ipPermissions(described.sent()));
        assertThat(group().egress()).isEqualTo(before);
    }
}
