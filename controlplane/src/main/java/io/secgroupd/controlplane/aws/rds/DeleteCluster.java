package io.secgroupd.controlplane.aws.rds;

import io.secgroupd.controlplane.aws.AwsError;
import io.secgroupd.controlplane.aws.AwsRefusal;
import io.secgroupd.controlplane.aws.operation.Catalog;
import io.secgroupd.controlplane.aws.operation.OperationCall;
import io.secgroupd.controlplane.aws.operation.OperationPlan;
import io.secgroupd.controlplane.aws.query.Parameters;
import io.secgroupd.controlplane.edit.change.IntendedChange.RemoveCluster;
import io.secgroupd.rules.model.Cluster;

/** Deletes a cluster that has no instances. */
final class DeleteCluster {

    private DeleteCluster() {}

    static void addTo(Catalog catalog) {
        catalog.writes("DeleteDBCluster", DeleteCluster::plan);
    }

    private static OperationPlan plan(OperationCall call) {
        Parameters request = call.parameters();
        Directory directory = Directory.of(call);
        Cluster cluster = directory.cluster(request.required("DBClusterIdentifier"));
        requireNoSnapshot(request);
        request.bool("DeleteAutomatedBackups"); // there are none
        if (!cluster.instances().isEmpty()) {
            throw new AwsRefusal(AwsError.of(
                    "InvalidDBClusterStateFault",
                    "Cluster cannot be deleted, it still contains DB instances in non-deleting state."));
        }
        return OperationPlan.change(
                new RemoveCluster(cluster.name()),
                cluster.name(),
                (after, xml) ->
                        xml.element("DBCluster", inner -> new ClusterXml(directory).write(inner, cluster, "deleting")));
    }

    /** A snapshot cannot be made here, and a client that wants one must not believe that it has one. */
    private static void requireNoSnapshot(Parameters request) {
        if (request.has("FinalDBSnapshotIdentifier")) {
            throw combination("The parameter FinalDBSnapshotIdentifier is not supported here.");
        }
        if (!request.bool("SkipFinalSnapshot").orElse(false)) {
            throw combination("FinalDBSnapshotIdentifier is required unless SkipFinalSnapshot is specified.");
        }
    }

    private static AwsRefusal combination(String message) {
        return new AwsRefusal(AwsError.of("InvalidParameterCombination", message));
    }
}
