package io.secgroupd.controlplane.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.DBCluster;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.Tag;
import software.amazon.awssdk.services.rds.model.VpcSecurityGroupMembership;
import software.amazon.awssdk.services.rds.waiters.RdsWaiter;

/** {@code aws_rds_cluster}: made, moved to other groups and destroyed, and after each step a plan has nothing to do. */
class RdsClusterResourceTest extends ClientFixture {

    private static final String RULES = """
            version: 1
            security_groups:
              sg-6789rdsexample: {}
              sg-old: {}
            clusters:
              orders:
                security_groups: [sg-old]
                engine: aurora-mysql
                instances:
                  orders-1: {addresses: [10.0.2.10]}
                  orders-2: {addresses: [10.0.2.11]}
            """;

    RdsClusterResourceTest() {
        super(RULES);
    }

    private RdsClient rds;

    @BeforeEach
    void start() {
        rds = host.newRds();
    }

    @AfterEach
    void stop() {
        rds.close();
    }

    /** What the user of Terraform asks for, and what a plan compares with it. */
    private record Database(String name, String engine, int port, Set<String> groups, Map<String, String> tags) {}

    private void create(Database database) {
        rds.createDBCluster(request -> request.dbClusterIdentifier(database.name())
                .engine(database.engine())
                .engineMode("provisioned")
                .port(database.port())
                .masterUsername("admin")
                .masterUserPassword("never-kept-4711")
                .copyTagsToSnapshot(false)
                .deletionProtection(false)
                .vpcSecurityGroupIds(database.groups())
                .tags(tags(database.tags())));
        awaitAvailable(database.name());
    }

    /** Terraform also looks that no change is pending. */
    private void awaitAvailable(String name) {
        try (RdsWaiter waiter = rds.waiter()) {
            waiter.waitUntilDBClusterAvailable(request -> request.dbClusterIdentifier(name));
        }
        assertThat(described(name).pendingModifiedValues()).isNull();
    }

    private DBCluster described(String name) {
        return rds.describeDBClusters(request -> request.dbClusterIdentifier(name))
                .dbClusters()
                .get(0);
    }

    private Database read(String name) {
        DBCluster cluster = described(name);
        return new Database(
                cluster.dbClusterIdentifier(),
                cluster.engine(),
                cluster.port(),
                groups(cluster.vpcSecurityGroups()),
                cluster.tagList().stream().collect(Collectors.toMap(Tag::key, Tag::value)));
    }

    private static Set<String> groups(List<VpcSecurityGroupMembership> memberships) {
        assertThat(memberships).allMatch(membership -> membership.status().equals("active"));
        return memberships.stream()
                .map(VpcSecurityGroupMembership::vpcSecurityGroupId)
                .collect(Collectors.toSet());
    }

    private static List<Tag> tags(Map<String, String> tags) {
        return tags.entrySet().stream()
                .map(tag ->
                        Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
                .toList();
    }

    @Test
    void lifeOfACluster() throws IOException {
        var asked = new Database("billing", "aurora-postgresql", 5432, Set.of("sg-old"), Map.of("team", "shop"));
        create(asked);
        assertThat(read("billing")).isEqualTo(asked);
        assertThat(host.text()).doesNotContain("never-kept-4711");

        var changed = new Database(
                "billing", "aurora-postgresql", 5433, Set.of("sg-old", "sg-6789rdsexample"), Map.of("stage", "test"));
        String arn = described("billing").dbClusterArn();
        rds.modifyDBCluster(request -> request.dbClusterIdentifier("billing")
                .applyImmediately(true)
                .port(changed.port())
                .vpcSecurityGroupIds(changed.groups()));
        rds.removeTagsFromResource(request -> request.resourceName(arn).tagKeys("team"));
        rds.addTagsToResource(request -> request.resourceName(arn).tags(tags(changed.tags())));
        awaitAvailable("billing");
        assertThat(read("billing")).isEqualTo(changed);

        rds.deleteDBCluster(request -> request.dbClusterIdentifier("billing").skipFinalSnapshot(true));
        try (RdsWaiter waiter = rds.waiter()) {
            waiter.waitUntilDBClusterDeleted(request -> request.dbClusterIdentifier("billing"));
        }
        assertThat(Refusal.of(() -> described("billing")))
                .isEqualTo(new Refusal(404, "DBClusterNotFoundFault", "DBCluster billing not found."));
        assertThat(host.text()).isEqualTo(RULES);
    }

    @Test
    void everyInstanceMovesWithItsCluster() throws IOException {
        rds.modifyDBCluster(request -> request.dbClusterIdentifier("orders").vpcSecurityGroupIds("sg-6789rdsexample"));
        awaitAvailable("orders");
        List<DBInstance> members =
                rds.describeDBInstancesPaginator().dbInstances().stream().toList();
        assertThat(members)
                .extracting(DBInstance::dbInstanceIdentifier, member -> groups(member.vpcSecurityGroups()))
                .containsExactly(
                        tuple("orders-1", Set.of("sg-6789rdsexample")), tuple("orders-2", Set.of("sg-6789rdsexample")));
        assertThat(host.text())
                .isEqualTo(RULES.replace("security_groups: [sg-old]", "security_groups: [sg-6789rdsexample]"));
    }

    @Test
    void clusterOfUnknownGroupsIsRefused() throws IOException {
        Refusal refusal = Refusal.of(() -> rds.modifyDBCluster(
                request -> request.dbClusterIdentifier("orders").vpcSecurityGroupIds("sg-none")));
        assertThat(refusal)
                .isEqualTo(new Refusal(
                        400, "InvalidParameterValue", "Invalid security group , groupId= sg-none, groupName=."));
        assertThat(host.text()).isEqualTo(RULES);
    }
}
