package io.secgroupd.controlplane.aws.rds;

import io.secgroupd.controlplane.aws.operation.Catalog;
import io.secgroupd.controlplane.aws.operation.OperationCall;
import io.secgroupd.controlplane.aws.operation.OperationPlan;
import io.secgroupd.rules.model.Cluster;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Shows clusters. */
final class DescribeClusters {

    private DescribeClusters() {}

    static void addTo(Catalog catalog) {
        catalog.reads("DescribeDBClusters", DescribeClusters::describe);
    }

    private static OperationPlan describe(OperationCall call) {
        Directory directory = Directory.of(call);
        List<Cluster> clusters = named(call, directory).stream()
                .filter(filters(directory).read(call.parameters()))
                .toList();
        Records<Cluster> page = Records.page(call.parameters(), clusters, Cluster::name);
        return OperationPlan.answer(xml -> {
            xml.text("Marker", page.marker());
            xml.list("DBClusters", "DBCluster", page.items(), new ClusterXml(directory)::write);
        });
    }

    private static Collection<Cluster> named(OperationCall call, Directory directory) {
        Optional<String> named = call.parameters().text("DBClusterIdentifier");
        return named.isPresent()
                ? List.of(directory.cluster(named.get()))
                : call.policy().clusters().values();
    }

    private static RecordFilters<Cluster> filters(Directory directory) {
        return new RecordFilters<Cluster>()
                .add(
                        "db-cluster-id",
                        (cluster, value) -> Directory.isNamed(value, cluster.name(), directory.arn(cluster)))
                .add(
                        "db-cluster-resource-id",
                        (cluster, value) -> ClusterXml.resourceId(cluster).equals(value))
                .add("engine", (cluster, value) -> cluster.engine().equals(value))
                // No cluster is a copy of another, and none is in a domain.
                .add("clone-group-id", (cluster, value) -> false)
                .add("domain", (cluster, value) -> false);
    }
}
