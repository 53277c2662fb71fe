package io.secgroupd.controlplane.clients;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.AddPrefixListEntry;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;
import software.amazon.awssdk.services.ec2.model.ManagedPrefixList;
import software.amazon.awssdk.services.ec2.model.PrefixListEntry;
import software.amazon.awssdk.services.ec2.model.PrefixListState;
import software.amazon.awssdk.services.ec2.model.RemovePrefixListEntry;
import software.amazon.awssdk.services.ec2.model.ResourceType;

/** The calls of Terraform's resource {@code aws_ec2_managed_prefix_list}, in its order. */
final class PrefixListResource {

    private final Ec2Client ec2;

    PrefixListResource(Ec2Client ec2) {
        this.ec2 = ec2;
    }

    /** What its user asks for, and what a plan compares with it. */
    record Prefixes(String name, String family, int maxEntries, Map<String, String> tags, Set<Entry> entries) {}

    /** @param description empty when there is none */
    record Entry(String cidr, String description) {

        private static Entry of(PrefixListEntry entry) {
            return new Entry(entry.cidr(), entry.description() == null ? "" : entry.description());
        }

        private AddPrefixListEntry added() {
            AddPrefixListEntry.Builder added = AddPrefixListEntry.builder().cidr(cidr);
            return description.isEmpty()
                    ? added.build()
                    : added.description(description).build();
        }

        private RemovePrefixListEntry removed() {
            return RemovePrefixListEntry.builder().cidr(cidr).build();
        }
    }

    String create(Prefixes list) {
        String id = ec2.createManagedPrefixList(request -> request.prefixListName(list.name())
                        .addressFamily(list.family())
                        .maxEntries(list.maxEntries())
                        .entries(list.entries().stream().map(Entry::added).toList())
                        .tagSpecifications(Ec2Tags.ofNew(ResourceType.PREFIX_LIST, list.tags())))
                .prefixList()
                .prefixListId();
        require(id, PrefixListState.CREATE_COMPLETE);
        return id;
    }

    /** Terraform would wait; here each state is final at once. */
    private ManagedPrefixList require(String id, PrefixListState state) {
        ManagedPrefixList list = described(id).orElseThrow();
        if (list.state() != state) {
            throw new AssertionError("Terraform waits for ever for " + state + ", as the state is " + list.state());
        }
        return list;
    }

    private Optional<ManagedPrefixList> described(String id) {
        try {
            return Optional.of(ec2.describeManagedPrefixLists(request -> request.prefixListIds(id))
                    .prefixLists()
                    .get(0));
        } catch (Ec2Exception e) {
            if (e.awsErrorDetails().errorCode().equals("InvalidPrefixListID.NotFound")) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** What there is; nothing when the list is gone. */
    Optional<Prefixes> read(String id) {
        return described(id)
                .map(list -> new Prefixes(
                        list.prefixListName(),
                        list.addressFamily(),
                        list.maxEntries(),
                        Ec2Tags.read(list.tags()),
                        entries(id)));
    }

    private Set<Entry> entries(String id) {
        return ec2
                .getManagedPrefixListEntriesPaginator(
                        request -> request.prefixListId(id).maxResults(2))
                .entries()
                .stream()
                .map(Entry::of)
                .collect(Collectors.toSet());
    }

    long version(String id) {
        return described(id).orElseThrow().version();
    }

    /** The size has a call of its own: before new entries need the room, or after old ones have left it. */
    void update(String id, Prefixes old, Prefixes wanted) {
        if (wanted.maxEntries() > old.maxEntries()) {
            resize(id, wanted.maxEntries());
        }
        if (!wanted.name().equals(old.name()) || !wanted.entries().equals(old.entries())) {
            change(id, old, wanted);
        }
        if (wanted.maxEntries() < old.maxEntries()) {
            resize(id, wanted.maxEntries());
        }
        Ec2Tags.update(ec2, id, old.tags(), wanted.tags());
    }

    private void resize(String id, int maxEntries) {
        ec2.modifyManagedPrefixList(request -> request.prefixListId(id).maxEntries(maxEntries));
        require(id, PrefixListState.MODIFY_COMPLETE);
    }

    private void change(String id, Prefixes old, Prefixes wanted) {
        List<AddPrefixListEntry> come = without(wanted.entries(), old.entries()).stream()
                .map(Entry::added)
                .toList();
        List<RemovePrefixListEntry> go = without(old.entries(), wanted.entries()).stream()
                .map(Entry::removed)
                .toList();
        List<RemovePrefixListEntry> rename = go.stream()
                .filter(gone -> come.stream().anyMatch(fresh -> fresh.cidr().equals(gone.cidr())))
                .toList();
        long version = version(id);
        if (!rename.isEmpty()) {
            // One prefix cannot be both added and removed, so other words for it take a removal before.
            version = ec2.modifyManagedPrefixList(request ->
                            request.prefixListId(id).currentVersion(version(id)).removeEntries(rename))
                    .prefixList()
                    .version();
            require(id, PrefixListState.MODIFY_COMPLETE);
        }
        modify(
                id,
                version,
                wanted.name(),
                come,
                go.stream().filter(gone -> !rename.contains(gone)).toList());
    }

    private void modify(
            String id, long version, String name, List<AddPrefixListEntry> come, List<RemovePrefixListEntry> go) {
        ec2.modifyManagedPrefixList(request -> {
            request.prefixListId(id).prefixListName(name).currentVersion(version);
            if (!come.isEmpty()) {
                request.addEntries(come);
            }
            if (!go.isEmpty()) {
                request.removeEntries(go);
            }
        });
        require(id, PrefixListState.MODIFY_COMPLETE);
    }

    private static Set<Entry> without(Set<Entry> all, Set<Entry> some) {
        return all.stream().filter(entry -> !some.contains(entry)).collect(Collectors.toSet());
    }

    /** Deletes the list, and looks once: it has to be gone, or Terraform waits. */
    void delete(String id) {
        ec2.deleteManagedPrefixList(request -> request.prefixListId(id));
        if (described(id).isPresent()) {
            throw new AssertionError(id + " is still there");
        }
    }
}
