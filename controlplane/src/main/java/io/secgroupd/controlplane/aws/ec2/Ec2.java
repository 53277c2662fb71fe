package io.secgroupd.controlplane.aws.ec2;

import io.secgroupd.controlplane.aws.AwsService;
import io.secgroupd.controlplane.aws.operation.Catalog;

/** All operations of EC2 that this server knows. */
public final class Ec2 {

    private Ec2() {}

    /** Names them. */
    public static Catalog catalog() {
        var catalog = new Catalog(AwsService.EC2);
        GroupOperations.addTo(catalog);
        DescribeGroups.addTo(catalog);
        AuthorizeRules.addTo(catalog);
        RevokeRules.addTo(catalog);
        DescribeRules.addTo(catalog);
        ModifyRules.addTo(catalog);
        RuleDescriptions.addTo(catalog);
        PrefixLists.addTo(catalog);
        TagOperations.addTo(catalog);
        Network.addTo(catalog);
        return catalog;
    }
}
