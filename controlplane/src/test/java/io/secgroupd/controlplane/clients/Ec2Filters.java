package io.secgroupd.controlplane.clients;

import software.amazon.awssdk.services.ec2.model.Filter;

/** Filters of EC2. */
final class Ec2Filters {

    private Ec2Filters() {}

    static Filter filter(String name, String value) {
        return Filter.builder().name(name).values(value).build();
    }
}
