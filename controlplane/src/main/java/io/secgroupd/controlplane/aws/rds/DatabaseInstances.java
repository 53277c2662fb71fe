package io.secgroupd.controlplane.aws.rds;

import io.secgroupd.controlplane.aws.AwsError;
import io.secgroupd.controlplane.aws.AwsRefusal;
import io.secgroupd.controlplane.aws.operation.Catalog;
import io.secgroupd.controlplane.aws.operation.OperationCall;
import io.secgroupd.controlplane.aws.operation.OperationPlan;
import io.secgroupd.controlplane.aws.query.Xml;
import io.secgroupd.rules.model.Cluster;
import io.secgroupd.rules.model.Instance;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Shows the instances of clusters. They have the groups of their cluster, and can be changed only with it. */
final class DatabaseInstances {

    private DatabaseInstances() {}

    static void addTo(Catalog catalog) {
        catalog.reads("DescribeDBInstances", DatabaseInstances::describe)
                .writes("ModifyDBInstance", DatabaseInstances::refuseChange)
                .writes("CreateDBInstance", call -> {
                    throw new AwsRefusal(AwsError.of(
                            "UnsupportedOperation",
                            "The operation CreateDBInstance is not supported here: a request names no addresses."));
                });
    }

    private static OperationPlan describe(OperationCall call) {
        Directory directory = Directory.of(call);
        List<Instance> members = named(call, directory).stream()
                .filter(filters(directory).read(call.parameters()))
                .toList();
        Records<Instance> page = Records.page(call.parameters(), members, Instance::name);
        return OperationPlan.answer(xml -> {
            xml.text("Marker", page.marker());
            xml.list("DBInstances", "DBInstance", page.items(), (item, member) -> write(item, directory, member));
        });
    }

    private static List<Instance> named(OperationCall call, Directory directory) {
        Optional<String> named = call.parameters().text("DBInstanceIdentifier");
        return named.map(directory::member).map(List::of).orElseGet(directory::members);
    }

    private static RecordFilters<Instance> filters(Directory directory) {
        return new RecordFilters<Instance>()
                .add("db-cluster-id", (member, value) -> {
                    Cluster cluster = directory.clusterOf(member);
                    return Directory.isNamed(value, cluster.name(), directory.arn(cluster));
                })
                .add(
                        "db-instance-id",
                        (member, value) -> Directory.isNamed(value, member.name(), directory.arn(member)))
                .add("dbi-resource-id", (member, value) -> resourceId(member).equals(value))
                .add(
                        "engine",
                        (member, value) -> directory.clusterOf(member).engine().equals(value))
                .add("domain", (member, value) -> false);
    }

    private static void write(Xml xml, Directory directory, Instance member) {
        Cluster cluster = directory.clusterOf(member);
        xml.text("DBInstanceIdentifier", member.name());
        ClusterXml.engine(xml, cluster);
        xml.text("DBInstanceStatus", ClusterXml.AVAILABLE);
        endpoint(xml, cluster, member);
        xml.texts("DBSecurityGroups", "DBSecurityGroup", List.of());
        ClusterXml.groups(xml, cluster);
        xml.texts("DBParameterGroups", "DBParameterGroup", List.of());
        xml.bool("MultiAZ", false);
        xml.bool("PubliclyAccessible", false);
        xml.text("DBClusterIdentifier", cluster.name());
        xml.text("DbiResourceId", resourceId(member));
        xml.text("DBInstanceArn", directory.arn(member));
        ClusterXml.tags(xml, Map.of());
    }

    private static void endpoint(Xml xml, Cluster cluster, Instance member) {
        if (!member.addresses().isEmpty()) {
            xml.element("Endpoint", endpoint -> {
                endpoint.text("Address", member.addresses().get(0).toString());
                cluster.port().ifPresent(port -> endpoint.number("Port", port));
            });
        }
    }

    private static String resourceId(Instance member) {
        return "db-" + member.name();
    }

    private static OperationPlan refuseChange(OperationCall call) {
        Instance member = Directory.of(call).member(call.parameters().required("DBInstanceIdentifier"));
        throw new AwsRefusal(AwsError.of(
                "InvalidParameterCombination",
                "The DB instance " + member.name() + " is a member of the DB cluster "
                        + member.cluster().orElseThrow()
                        + " and has its security groups: change those with ModifyDBCluster."));
    }
}
