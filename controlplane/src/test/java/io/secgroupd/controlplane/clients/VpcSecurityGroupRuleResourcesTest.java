package io.secgroupd.controlplane.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.controlplane.clients.SecurityGroupResource.Group;
import io.secgroupd.controlplane.clients.VpcRuleResource.Rule;
import java.io.IOException;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.SecurityGroupRuleRequest;

/** {@code aws_vpc_security_group_ingress_rule} and {@code aws_vpc_security_group_egress_rule}: a rule keeps its id for life. */
class VpcSecurityGroupRuleResourcesTest extends ClientFixture {

    private static final String RULES = """
            version: 1
            prefix_lists:
              pl-office:
                entries: [192.0.2.0/24]
            security_groups:
              sg-lb: {}
              sg-web:
                inbound:
                  - protocol: tcp
                    ports: 22
                    source: 198.51.100.7/32    # the bastion
                outbound:
                  - {protocol: tcp, ports: 443, destination: any}
            """;

    VpcSecurityGroupRuleResourcesTest() {
        super(RULES);
    }

    private static Rule rule(Map<String, String> tags, Consumer<SecurityGroupRuleRequest.Builder> terms) {
        var builder = SecurityGroupRuleRequest.builder();
        terms.accept(builder);
        return new Rule("sg-web", builder.build(), tags);
    }

    @Test
    void lifeOfAnInboundRule() throws IOException {
        var resource = new VpcRuleResource(host.ec2(), false);
        Rule asked = rule(
                Map.of("team", "shop"),
                terms -> terms.ipProtocol("tcp")
                        .fromPort(443)
                        .toPort(443)
                        .cidrIpv4("10.0.0.0/8")
                        .description("https"));
        String id = resource.create(asked);
        assertThat(resource.read(id)).contains(asked);

        Rule changed = rule(
                Map.of("team", "ops", "stage", "test"),
                terms -> terms.ipProtocol("udp").fromPort(8000).toPort(8100).cidrIpv4("172.16.0.0/12"));
        resource.update(id, asked, changed);
        assertThat(resource.read(id)).contains(changed);

        Rule untagged = new Rule("sg-web", changed.terms(), Map.of());
        resource.update(id, changed, untagged);
        assertThat(resource.read(id)).contains(untagged);

        resource.delete("sg-web", id);
        assertThat(resource.read(id)).isEmpty();
        resource.delete("sg-web", id);
        assertThat(host.text()).isEqualTo(RULES);
    }

    @Test
    void lifeOfAnOutboundRule() throws IOException {
        var resource = new VpcRuleResource(host.ec2(), true);
        Rule asked = rule(Map.of(), terms -> terms.ipProtocol("-1").cidrIpv6("2001:db8::/32"));
        String id = resource.create(asked);
        assertThat(resource.read(id)).contains(asked);

        Rule changed = rule(
                Map.of(),
                terms -> terms.ipProtocol("tcp").fromPort(25).toPort(25).cidrIpv6("2001:db8:25::/48"));
        resource.update(id, asked, changed);
        assertThat(resource.read(id)).contains(changed);

        resource.delete("sg-web", id);
        assertThat(resource.read(id)).isEmpty();
        assertThat(host.text()).isEqualTo(RULES);
    }

    @Test
    void peersThatAreNoAddresses() throws IOException {
        var resource = new VpcRuleResource(host.ec2(), false);
        Rule fromGroup = rule(
                Map.of(),
                terms -> terms.ipProtocol("tcp").fromPort(80).toPort(80).referencedGroupId("sg-lb"));
        Rule fromList = rule(
                Map.of(),
                terms -> terms.ipProtocol("icmp")
                        .fromPort(-1)
                        .toPort(-1)
                        .prefixListId("pl-office")
                        .description("pings"));
        String groupRule = resource.create(fromGroup);
        String listRule = resource.create(fromList);
        assertThat(resource.read(groupRule)).contains(fromGroup);
        assertThat(resource.read(listRule)).contains(fromList);

        Rule fromItself = rule(
                Map.of(),
                terms -> terms.ipProtocol("tcp").fromPort(0).toPort(65535).referencedGroupId("sg-web"));
        resource.update(groupRule, fromGroup, fromItself);
        assertThat(resource.read(groupRule)).contains(fromItself);

        resource.delete("sg-web", groupRule);
        resource.delete("sg-web", listRule);
        assertThat(host.text()).isEqualTo(RULES);
    }

    @Test
    void rulesAreGoneWithTheirGroup() throws IOException {
        var groups = new SecurityGroupResource(host.ec2());
        String group = groups.create(Group.named("short-lived"));
        var resource = new VpcRuleResource(host.ec2(), false);
        Rule asked = rule(
                Map.of(),
                terms -> terms.ipProtocol("tcp").fromPort(80).toPort(80).cidrIpv4("0.0.0.0/0"));
        String id = resource.create(new Rule(group, asked.terms(), Map.of()));
        groups.delete(group);
        assertThat(resource.read(id)).isEmpty();
        resource.delete(group, id);
        assertThat(host.text()).isEqualTo(RULES);
    }
}
