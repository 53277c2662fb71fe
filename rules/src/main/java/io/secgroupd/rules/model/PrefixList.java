package io.secgroupd.rules.model;

import io.secgroupd.rules.net.AddressSet;
import io.secgroupd.rules.text.Location;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Named addresses. A rule may name the list as its peer.
 *
 * @param name        a label for people; may be empty
 * @param description may be empty
 * @param maxEntries  how many entries the list may have, 1 or more
 * @param entries     the addresses of all entries, without those that are taken out again
 * @param except      what is taken out again
 * @param written     the entries one by one; empty when they stand in a file of their own
 * @param allowEmpty  whether the list may lose its last entry while the policy is in force
 */
public record PrefixList(
        String id,
        String name,
        String description,
        Map<String, String> tags,
        OptionalInt maxEntries,
        AddressSet entries,
        AddressSet except,
        Optional<ListEntries> written,
        boolean allowEmpty,
        Location at) {

    public PrefixList {
        tags = Tags.copyOf(tags);
    }
}
