package io.secgroupd.controlplane.aws.ec2;

import io.secgroupd.controlplane.aws.AwsError;
import io.secgroupd.controlplane.aws.AwsRefusal;
import io.secgroupd.controlplane.edit.change.IntendedChange;
import io.secgroupd.controlplane.edit.change.IntendedChange.AddEntries;
import io.secgroupd.controlplane.edit.change.IntendedChange.RemoveEntries;
import io.secgroupd.rules.model.ListEntry;
import io.secgroupd.rules.net.AddressRange;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Entries that leave a list and entries that come into it. A client names prefixes; where the file has a range that is several
 * of them, the others are written in its place.
 */
record EntryChange(ShownList list, List<ListEntry> removed, List<ListEntry> added) {

    /**
     * The changes, removals first.
     *
     * @throws AwsRefusal when an entry that leaves is not there, one that comes is there already, or there is no room
     */
    List<IntendedChange> changes() {
        Set<AddressRange> leaving = ranges(removed);
        Set<AddressRange> there =
                list.entries().map(ListEntry::range).collect(Collectors.toCollection(LinkedHashSet::new));
        requireSense(leaving, there);
        there.removeAll(leaving);
        there.addAll(ranges(added));
        list.list().maxEntries().ifPresent(most -> PrefixListNames.requireRoom(there.size(), most));

        List<ListEntry> gone =
                list.written().filter(entry -> losesOne(entry, leaving)).toList();
        List<ListEntry> written = rest(gone, leaving);
        written.addAll(added);
        var changes = new ArrayList<IntendedChange>();
        if (!gone.isEmpty()) {
            changes.add(new RemoveEntries(list.id(), List.copyOf(ranges(gone))));
        }
        if (!written.isEmpty()) {
            changes.add(new AddEntries(list.id(), written));
        }
        return changes;
    }

    private static boolean losesOne(ListEntry entry, Set<AddressRange> leaving) {
        return ShownList.prefixes(entry).anyMatch(part -> leaving.contains(part.range()));
    }

    /** What has to be written in place of ranges that lose a part. */
    private List<ListEntry> rest(List<ListEntry> gone, Set<AddressRange> leaving) {
        Set<AddressRange> taken = ranges(list.written().toList());
        taken.removeAll(ranges(gone));
        taken.addAll(leaving);
        return gone.stream()
                .flatMap(ShownList::prefixes)
                .filter(part -> taken.add(part.range()))
                .collect(Collectors.toCollection(ArrayList::new));
    }

    private void requireSense(Set<AddressRange> leaving, Set<AddressRange> there) {
        for (ListEntry entry : added) {
            if (leaving.contains(entry.range())) {
                throw new AwsRefusal(AwsError.invalid(
                        "The CIDR " + entry.range() + " must not be both in AddEntry and in RemoveEntry."));
            }
            if (there.contains(entry.range())) {
                throw misfit("The CIDR " + entry.range() + " already exists in the prefix list.");
            }
        }
        for (AddressRange range : leaving) {
            if (!there.contains(range)) {
                throw misfit("The CIDR " + range + " does not exist in the prefix list.");
            }
        }
    }

    private static AwsRefusal misfit(String message) {
        return new AwsRefusal(AwsError.of("InvalidPrefixListModification", message));
    }

    private static Set<AddressRange> ranges(List<ListEntry> entries) {
        return entries.stream().map(ListEntry::range).collect(Collectors.toCollection(LinkedHashSet::new));
    }
}
