package io.secgroupd.controlplane.aws.ec2;

import io.secgroupd.controlplane.aws.operation.Catalog;

/** All operations on instances, their interfaces and the network that they are in. */
final class Network {

    private Network() {}

    static void addTo(Catalog catalog) {
        Interfaces.addTo(catalog);
        Instances.addTo(catalog);
        GroupAssignments.addTo(catalog);
        Vpcs.addTo(catalog);
        VpcGroups.addTo(catalog);
        Places.addTo(catalog);
        Absent.addTo(catalog);
    }
}
