package io.secgroupd.rules.model;

import io.secgroupd.rules.net.IpAddress;

/** One end of a question or a test: an address, an instance, or a cluster whose every instance must agree. */
public sealed interface Endpoint {

    record Address(IpAddress address) implements Endpoint {
        @Override
        public String toString() {
            return address.toString();
        }
    }

    record OfInstance(String name) implements Endpoint {
        @Override
        public String toString() {
            return name;
        }
    }

    record OfCluster(String name) implements Endpoint {
        @Override
        public String toString() {
            return name;
        }
    }
}
