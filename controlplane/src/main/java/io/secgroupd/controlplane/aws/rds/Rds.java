package io.secgroupd.controlplane.aws.rds;

import io.secgroupd.controlplane.aws.AwsService;
import io.secgroupd.controlplane.aws.operation.Catalog;
import io.secgroupd.controlplane.aws.operation.OperationPlan;
import java.util.List;

/** All operations on clusters. */
public final class Rds {

    private Rds() {}

    /** The operations of this service. */
    public static Catalog catalog() {
        var catalog = new Catalog(AwsService.RDS);
        DescribeClusters.addTo(catalog);
        ModifyCluster.addTo(catalog);
        CreateCluster.addTo(catalog);
        DeleteCluster.addTo(catalog);
        DatabaseInstances.addTo(catalog);
        ResourceTags.addTo(catalog);
        // Terraform asks which global database a cluster belongs to; there are none.
        catalog.reads(
                "DescribeGlobalClusters",
                call -> OperationPlan.answer(xml -> xml.texts("GlobalClusters", "GlobalClusterMember", List.of())));
        return catalog;
    }
}
