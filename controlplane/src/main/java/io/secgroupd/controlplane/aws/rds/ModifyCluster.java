package io.secgroupd.controlplane.aws.rds;

import io.secgroupd.controlplane.aws.operation.Catalog;
import io.secgroupd.controlplane.aws.operation.OperationCall;
import io.secgroupd.controlplane.aws.operation.OperationPlan;
import io.secgroupd.controlplane.aws.query.Parameters;
import io.secgroupd.controlplane.edit.change.IntendedChange;
import io.secgroupd.controlplane.edit.change.IntendedChange.SetClusterGroups;
import io.secgroupd.controlplane.edit.change.IntendedChange.SetClusterPort;
import io.secgroupd.rules.model.Cluster;
import java.util.ArrayList;
import java.util.List;

/** Gives a cluster other security groups, for all its instances at once, or another port. */
final class ModifyCluster {

    private ModifyCluster() {}

    static void addTo(Catalog catalog) {
        catalog.writes("ModifyDBCluster", ModifyCluster::plan);
    }

    private static OperationPlan plan(OperationCall call) {
        Parameters request = call.parameters();
        Cluster cluster = Directory.of(call).cluster(request.required("DBClusterIdentifier"));
        Unheld.refuseForChange(request);
        request.bool("ApplyImmediately"); // every change is made at once, as AWS does it with groups
        var changes = new ArrayList<IntendedChange>();
        ClusterParameters.groups(request, call.policy())
                .ifPresent(groups -> changes.add(new SetClusterGroups(cluster.name(), groups)));
        ClusterParameters.port(request).ifPresent(port -> changes.add(new SetClusterPort(cluster.name(), port)));
        return new OperationPlan(
                changes,
                List.of(cluster.name()),
                (after, xml) -> ClusterXml.writeOne(xml, call.account(), after, cluster.name()));
    }
}
