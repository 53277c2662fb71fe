package io.secgroupd.controlplane.aws.rds;

import io.secgroupd.controlplane.aws.operation.AwsAccount;
import io.secgroupd.controlplane.aws.operation.PolicyState;
import io.secgroupd.controlplane.aws.query.Xml;
import io.secgroupd.rules.model.Cluster;
import java.util.List;
import java.util.Map;

/** Writes clusters. What the file does not say, such as an endpoint or a version, is left out rather than invented. */
final class ClusterXml {

    /** Nothing is pending by the time that anyone reads of it. */
    static final String AVAILABLE = "available";

    private final Directory directory;

    ClusterXml(Directory directory) {
        this.directory = directory;
    }

    /** Writes the element {@code DBCluster} for a cluster that a change has just concerned. */
    static void writeOne(Xml xml, AwsAccount account, PolicyState after, String name) {
        var directory = new Directory(after.policy(), account);
        xml.element("DBCluster", inner -> new ClusterXml(directory).write(inner, directory.cluster(name), AVAILABLE));
    }

    void write(Xml xml, Cluster cluster) {
        write(xml, cluster, AVAILABLE);
    }

    void write(Xml xml, Cluster cluster, String status) {
        xml.number("AllocatedStorage", 1); // as for every cluster whose storage grows by itself
        xml.texts("AvailabilityZones", "AvailabilityZone", List.of());
        xml.number("BackupRetentionPeriod", 1); // a cluster of AWS cannot have less, and Ansible fails without it
        xml.text("DBClusterIdentifier", cluster.name());
        xml.text("Status", status);
        xml.bool("MultiAZ", false);
        engine(xml, cluster);
        cluster.port().ifPresent(port -> xml.number("Port", port));
        xml.list("DBClusterMembers", "DBClusterMember", cluster.instances(), (member, name) -> {
            member.text("DBInstanceIdentifier", name);
            member.bool("IsClusterWriter", name.equals(cluster.instances().get(0)));
            member.text("DBClusterParameterGroupStatus", "in-sync");
            member.number("PromotionTier", 1);
        });
        groups(xml, cluster);
        xml.text("DbClusterResourceId", resourceId(cluster));
        xml.text("DBClusterArn", directory.arn(cluster));
        xml.texts("AssociatedRoles", "DBClusterRole", List.of());
        xml.bool("IAMDatabaseAuthenticationEnabled", false);
        xml.text("EngineMode", "provisioned");
        xml.bool("DeletionProtection", false);
        xml.bool("CopyTagsToSnapshot", false);
        tags(xml, cluster.tags());
    }

    /** The id that a cluster keeps on AWS when it is renamed. Here it follows from the name. */
    static String resourceId(Cluster cluster) {
        return "cluster-" + cluster.name();
    }

    static void engine(Xml xml, Cluster cluster) {
        if (!cluster.engine().isEmpty()) {
            xml.text("Engine", cluster.engine());
        }
    }

    static void groups(Xml xml, Cluster cluster) {
        xml.list("VpcSecurityGroups", "VpcSecurityGroupMembership", cluster.securityGroups(), (member, group) -> {
            member.text("VpcSecurityGroupId", group);
            member.text("Status", "active");
        });
    }

    static void tags(Xml xml, Map<String, String> tags) {
        xml.list("TagList", "Tag", tags.entrySet(), (item, tag) -> {
            item.text("Key", tag.getKey());
            item.text("Value", tag.getValue());
        });
    }
}
