package io.secgroupd.rules.written;

import java.util.List;

/**
 * An instance, alone or of a cluster.
 *
 * @param addresses as they are written
 * @param groups    in their order
 * @param observes  whether it lets in what its rules refuse
 */
public record WrittenInstance(String name, List<String> addresses, List<String> groups, boolean observes) {

    /** @param address as bits */
    boolean has(String address) {
        return addresses.stream().anyMatch(text -> BitRange.bits(text).equals(address));
    }
}
