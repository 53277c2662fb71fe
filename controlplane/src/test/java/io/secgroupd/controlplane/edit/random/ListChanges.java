package io.secgroupd.controlplane.edit.random;

import io.secgroupd.controlplane.edit.change.Element;
import io.secgroupd.controlplane.edit.change.IntendedChange;
import io.secgroupd.rules.model.ListEntry;
import io.secgroupd.rules.model.Policy;
import io.secgroupd.rules.model.PrefixList;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/** Draws changes of prefix lists. */
final class ListChanges extends Draws {

    ListChanges(Random random, Policy policy) {
        super(random, policy);
    }

    Optional<PrefixList> list() {
        return maybe(policy.prefixLists().values());
    }

    Asked addEntries(PrefixList list) {
        List<ListEntry> before = list.written().orElseThrow().stream().toList();
        List<ListEntry> more = List.of(new ListEntry(range(), random.nextBoolean() ? "" : text()));
        var after = new ArrayList<>(before);
        after.addAll(more);
        return new Asked(
                new IntendedChange.AddEntries(list.id(), more),
                Set.of(Facts.entries(list.id(), before)),
                Set.of(Facts.entries(list.id(), after)),
                Set.of(),
                Set.of(),
                1);
    }

    Optional<Asked> removeEntry(PrefixList list) {
        List<ListEntry> before = list.written().orElseThrow().stream().toList();
        if (before.isEmpty()) {
            return Optional.empty();
        }
        int index = random.nextInt(before.size());
        var after = new ArrayList<>(before);
        ListEntry removed = after.remove(index);
        String path = "prefix_lists." + list.id();
        return Optional.of(new Asked(
                new IntendedChange.RemoveEntries(list.id(), List.of(removed.range())),
                Set.of(Facts.entries(list.id(), before)),
                Set.of(Facts.entries(list.id(), after)),
                Set.of(path + "[" + index + "]", path + ".entries[" + index + "]"),
                Set.of(),
                1));
    }

    Asked describeList(PrefixList list) {
        String path = "prefix_lists." + list.id();
        if (random.nextBoolean()) {
            int most = 50 + random.nextInt(100);
            return new Asked(
                    new IntendedChange.SetMaxEntries(list.id(), most),
                    Set.of(Facts.most(list.id(), list.maxEntries().orElse(0))),
                    Set.of(Facts.most(list.id(), most)),
                    Set.of(path + ".max_entries"),
                    Set.of(path),
                    1);
        }
        String text = text();
        return new Asked(
                new IntendedChange.SetName(Element.list(list.id()), text),
                Set.of(Facts.text(list.id(), "name", list.name())),
                Set.of(Facts.text(list.id(), "name", text)),
                Set.of(path + ".name"),
                Set.of(path),
                1);
    }
}
