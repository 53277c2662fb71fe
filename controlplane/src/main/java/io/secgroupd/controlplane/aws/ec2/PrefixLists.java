package io.secgroupd.controlplane.aws.ec2;

import io.secgroupd.controlplane.aws.operation.Catalog;

/** All operations on prefix lists. */
final class PrefixLists {

    private PrefixLists() {}

    static void addTo(Catalog catalog) {
        CreatePrefixList.addTo(catalog);
        ModifyPrefixList.addTo(catalog);
        DeletePrefixList.addTo(catalog);
        DescribePrefixLists.addTo(catalog);
    }
}
