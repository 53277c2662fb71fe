package io.secgroupd.controlplane.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.controlplane.clients.PrefixListResource.Entry;
import io.secgroupd.controlplane.clients.PrefixListResource.Prefixes;
import io.secgroupd.controlplane.clients.SecurityGroupResource.Group;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.AddPrefixListEntry;

/** {@code aws_ec2_managed_prefix_list}: made, changed and destroyed, and after each step a plan has nothing to do. */
class ManagedPrefixListResourceTest extends ClientFixture {

    private static final String RULES = """
            version: 1
            prefix_lists:
              pl-partners: {entries: [198.51.100.0/24]}    # by hand
            security_groups:
              sg-web: {}
            """;

    private static final Entry OFFICE = new Entry("192.0.2.0/24", "office");
    private static final Entry HOME = new Entry("203.0.113.7/32", "");

    ManagedPrefixListResourceTest() {
        super(RULES);
    }

    private PrefixListResource resource;

    @BeforeEach
    void start() {
        resource = new PrefixListResource(host.ec2());
    }

    private static Prefixes ipv4(int maxEntries, Entry... entries) {
        return new Prefixes("places", "IPv4", maxEntries, Map.of(), Set.of(entries));
    }

    @Test
    void lifeOfAList() throws IOException {
        var asked = new Prefixes("places", "IPv4", 2, Map.of("team", "shop"), Set.of(OFFICE, HOME));
        String id = resource.create(asked);
        assertThat(resource.read(id)).contains(asked);

        Entry other = new Entry("10.1.0.0/16", "lab");
        Entry more = new Entry("10.2.0.0/16", "");
        var bigger = new Prefixes("all places", "IPv4", 4, Map.of("team", "ops"), Set.of(OFFICE, other, more));
        resource.update(id, asked, bigger);
        assertThat(resource.read(id)).contains(bigger);

        var smaller = new Prefixes("all places", "IPv4", 1, Map.of(), Set.of(other));
        resource.update(id, bigger, smaller);
        assertThat(resource.read(id)).contains(smaller);

        resource.delete(id);
        assertThat(resource.read(id)).isEmpty();
        assertThat(host.text()).isEqualTo(RULES);
    }

    @Test
    void otherWordsForAnEntryAreARemovalAndAnAddition() {
        Prefixes asked = ipv4(2, OFFICE, HOME);
        String id = resource.create(asked);
        assertThat(resource.version(id)).isEqualTo(1);

        Prefixes described = ipv4(2, new Entry(OFFICE.cidr(), "the old office"), HOME);
        resource.update(id, asked, described);
        assertThat(resource.read(id)).contains(described);
        assertThat(resource.version(id)).isEqualTo(3);
    }

    @Test
    void listOfIpv6() throws IOException {
        var asked = new Prefixes("six", "IPv6", 3, Map.of(), Set.of(new Entry("2001:db8::/32", "documentation")));
        String id = resource.create(asked);
        assertThat(resource.read(id)).contains(asked);
        resource.delete(id);
        assertThat(host.text()).isEqualTo(RULES);
    }

    @Test
    void whoeverHasSeenAnOldVersionChangesNothing() throws IOException {
        String id = resource.create(ipv4(3, OFFICE));
        String before = host.text();
        Refusal refusal = Refusal.of(() -> host.ec2()
                .modifyManagedPrefixList(request -> request.prefixListId(id)
                        .currentVersion(7L)
                        .addEntries(
                                AddPrefixListEntry.builder().cidr("10.0.0.0/8").build())));
        assertThat(refusal.code()).isEqualTo("PrefixListVersionMismatch");
        assertThat(host.text()).isEqualTo(before);
    }

    @Test
    void listIsDestroyedAfterTheRulesThatNameIt() throws IOException {
        String id = resource.create(ipv4(1, HOME));
        var groups = new SecurityGroupResource(host.ec2());
        Group before = groups.read("sg-web").orElseThrow();
        Group naming = before.with(Set.of(Block.of("tcp", 22, 22, "", id)), before.egress());
        groups.update("sg-web", before, naming);
        assertThat(groups.read("sg-web")).contains(naming);
        assertThat(Refusal.of(() -> resource.delete(id)).code()).isEqualTo("DependencyViolation");

        groups.update("sg-web", naming, before);
        resource.delete(id);
        assertThat(resource.read("pl-partners")).isPresent();
    }
}
