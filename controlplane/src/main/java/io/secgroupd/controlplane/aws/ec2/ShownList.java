package io.secgroupd.controlplane.aws.ec2;

import io.secgroupd.controlplane.aws.AwsError;
import io.secgroupd.controlplane.aws.AwsRefusal;
import io.secgroupd.controlplane.edit.change.Peers;
import io.secgroupd.rules.model.ListEntries;
import io.secgroupd.rules.model.ListEntry;
import io.secgroupd.rules.model.Peer;
import io.secgroupd.rules.model.Policy;
import io.secgroupd.rules.model.PrefixList;
import io.secgroupd.rules.net.AddressRange;
import io.secgroupd.rules.net.Family;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A prefix list as clients see it, who know only prefixes of one family. */
record ShownList(PrefixList list) {

    private static final String PREFIX = "pl-";

    /**
     * The list with this id.
     *
     * @throws AwsRefusal when there is none
     */
    static ShownList byId(Policy policy, String id) {
        if (!id.startsWith(PREFIX)) {
            throw new AwsRefusal(
                    AwsError.of("InvalidPrefixListID.Malformed", "Invalid id: \"" + id + "\" (expecting \"pl-...\")"));
        }
        return Optional.ofNullable(policy.prefixLists().get(id))
                .map(ShownList::new)
                .orElseThrow(() -> new AwsRefusal(AwsError.of(
                        "InvalidPrefixListID.NotFound", "The prefix list ID '" + id + "' does not exist.")));
    }

    String id() {
        return list.id();
    }

    /** What the list is called: its name, or its id when it has none. */
    String name() {
        return list.name().isEmpty() ? list.id() : list.name();
    }

    Map<String, String> tags() {
        return list.tags();
    }

    /** The family of all its entries; none when it has none, or has both. */
    Optional<Family> family() {
        boolean ipv4 = list.entries().ranges(Family.IPV4).size() > 0;
        boolean ipv6 = list.entries().ranges(Family.IPV6).size() > 0;
        return ipv4 == ipv6 ? Optional.empty() : Optional.of(ipv6 ? Family.IPV6 : Family.IPV4);
    }

    /** How many entries the list may have. Where the file sets no bound, AWS still has to show one. */
    int maxEntries() {
        return list.maxEntries()
                .orElseGet(() -> Math.max(1, (int) Math.min(entries().count(), Integer.MAX_VALUE)));
    }

    /** The entries as they are written; those of a list in a file of its own have no descriptions. */
    Stream<ListEntry> written() {
        return list.written()
                .map(ListEntries::stream)
                .orElseGet(() -> list.entries().stream().map(range -> new ListEntry(range, "")));
    }

    /** The entries as prefixes: a range is several of them. */
    Stream<ListEntry> entries() {
        Stream<ListEntry> parts = written().flatMap(ShownList::prefixes);
        // Those of a file are ranges that nowhere meet, and there may be a million: they are not gathered here.
        return list.written().isEmpty() ? parts : distinct(parts);
    }

    private static Stream<ListEntry> distinct(Stream<ListEntry> entries) {
        var byRange = new LinkedHashMap<AddressRange, ListEntry>();
        entries.forEach(entry -> byRange.putIfAbsent(entry.range(), entry));
        return List.copyOf(byRange.values()).stream();
    }

    /** One written entry as prefixes. */
    static Stream<ListEntry> prefixes(ListEntry entry) {
        return Peers.shown(new Peer.Addresses(entry.range())).stream()
                .map(part -> new ListEntry(((Peer.Addresses) part).range(), entry.description()));
    }
}
