package io.secgroupd.controlplane.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.controlplane.clients.SecurityGroupResource.Group;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code aws_security_group}: made, changed and destroyed, and after each step a plan has nothing to do. */
class SecurityGroupResourceTest extends ClientFixture {

    private static final String RULES = """
            version: 1
            prefix_lists:
              pl-office: {entries: [192.0.2.0/24]}
            security_groups:
              sg-lb:    # the balancer is not Terraform's
                inbound:
                  - {protocol: tcp, ports: 443, source: any}
            """;

    private static final Block ANYWHERE = Block.of("-1", 0, 0, "", "0.0.0.0/0", "::/0");
    private static final Block HTTPS =
            Block.of("tcp", 443, 443, "https", "10.0.0.0/8", "192.0.2.0/24", "2001:db8::/32");
    private static final Block FROM_BALANCER = Block.of("tcp", 8000, 8100, "", "sg-lb", "pl-office");

    SecurityGroupResourceTest() {
        super(RULES);
    }

    private SecurityGroupResource resource;

    @BeforeEach
    void start() {
        resource = new SecurityGroupResource(host.ec2());
    }

    @Test
    void lifeOfAGroup() throws IOException {
        var asked = new Group(
                "web",
                SecurityGroupResource.MANAGED,
                Map.of("team", "shop", "note", ""),
                Set.of(HTTPS, FROM_BALANCER, Block.of("icmp", 8, -1, "ping", "0.0.0.0/0")),
                Set.of(ANYWHERE));
        String id = resource.create(asked);
        assertThat(resource.read(id)).contains(asked);

        Block narrower = Block.of("tcp", 443, 443, "https", "10.0.0.0/8", "2001:db8:1::/48");
        var changed = new Group(
                "web",
                SecurityGroupResource.MANAGED,
                Map.of("team", "ops"),
                Set.of(narrower, FROM_BALANCER, Block.of("tcp", 22, 22, "each other", id)),
                Set.of(Block.of("udp", 53, 53, "names", "192.0.2.53/32"), Block.of("47", 0, 0, "", "192.0.2.1/32")));
        resource.update(id, asked, changed);
        assertThat(resource.read(id)).contains(changed);

        resource.delete(id);
        assertThat(resource.read(id)).isEmpty();
        assertThat(host.text()).isEqualTo(RULES);
    }

    @Test
    void groupWithoutAnyRuleHasNone() {
        Group asked = Group.named("closed");
        String id = resource.create(asked);
        assertThat(resource.read(id)).contains(asked);

        Group opened = asked.with(Set.of(), Set.of(ANYWHERE));
        resource.update(id, asked, opened);
        assertThat(resource.read(id)).contains(opened);

        resource.update(id, opened, asked);
        assertThat(resource.read(id)).contains(asked);
        resource.delete(id);
    }

    @Test
    void groupsThatNameEachOtherAreDestroyedOnceTheirRulesAreRevoked() throws IOException {
        Group front = Group.named("front");
        Group back = Group.named("back");
        String frontId = resource.create(front);
        String backId = resource.create(back);
        resource.update(frontId, front, front.with(Set.of(), Set.of(Block.of("tcp", 5432, 5432, "", backId))));
        resource.update(backId, back, back.with(Set.of(Block.of("tcp", 5432, 5432, "", frontId)), Set.of()));

        Refusal refusal = Refusal.of(() -> resource.delete(frontId));
        assertThat(refusal.code()).isEqualTo("DependencyViolation");
        assertThat(refusal.message()).contains("resource " + frontId + " has a dependent object", backId);

        resource.revokeRules(frontId);
        resource.revokeRules(backId);
        resource.delete(frontId);
        resource.delete(backId);
        assertThat(host.text()).isEqualTo(RULES);
    }
}
