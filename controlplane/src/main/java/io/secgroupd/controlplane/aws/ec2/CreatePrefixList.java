package io.secgroupd.controlplane.aws.ec2;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.secgroupd.controlplane.aws.AwsError;
import io.secgroupd.controlplane.aws.AwsRefusal;
import io.secgroupd.controlplane.aws.operation.Catalog;
import io.secgroupd.controlplane.aws.operation.NewIds;
import io.secgroupd.controlplane.aws.operation.OperationCall;
import io.secgroupd.controlplane.aws.operation.OperationPlan;
import io.secgroupd.controlplane.aws.operation.PolicyState;
import io.secgroupd.controlplane.aws.query.Parameters;
import io.secgroupd.controlplane.aws.query.Xml;
import io.secgroupd.controlplane.edit.change.IntendedChange;
import io.secgroupd.controlplane.edit.change.IntendedChange.AddList;
import io.secgroupd.rules.model.ListEntry;
import io.secgroupd.rules.model.PrefixList;
import io.secgroupd.rules.net.Family;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/** Makes prefix lists. A request that is sent again with the same token finds the list of the first time. */
final class CreatePrefixList {

    private CreatePrefixList() {}

    static void addTo(Catalog catalog) {
        catalog.writes("CreateManagedPrefixList", CreatePrefixList::plan);
    }

    private static OperationPlan plan(OperationCall call) {
        AddList wanted = wanted(call);
        PrefixList existing = call.policy().prefixLists().get(wanted.id());
        if (existing != null) {
            requireSame(existing, wanted);
        }
        List<IntendedChange> changes = existing == null ? List.of(wanted) : List.of();
        return new OperationPlan(changes, List.of(wanted.id()), (after, xml) -> write(call, after, wanted.id(), xml));
    }

    private static void write(OperationCall call, PolicyState after, String id, Xml xml) {
        ShownList list = ShownList.byId(after.policy(), id);
        xml.element("prefixList", inner -> new PrefixListXml(call.account(), after).write(inner, list));
    }

    private static AddList wanted(OperationCall call) {
        Parameters request = call.parameters();
        String name = request.required("PrefixListName");
        PrefixListNames.require(request, name);
        OptionalInt most = PrefixListNames.maxEntries(request);
        int room = most.orElseThrow(() -> request.missing("MaxEntries"));
        Family family = family(request);
        List<ListEntry> entries = EntryParameters.read(request, "Entry", Optional.of(family));
        if (entries.isEmpty() && family == Family.IPV6) {
            // The file has no word for the family of an empty list, and the answer would say IPv4 from now on.
            throw new AwsRefusal(AwsError.of(
                    "UnsupportedOperation",
                    "A new prefix list of the family IPv6 must have an entry, and this one has none."));
        }
        PrefixListNames.requireRoom(entries.size(), room);
        Map<String, String> tags = TagParameters.ofNew(request, "prefix-list");
        return new AddList(id(call), name, tags, most, entries);
    }

    private static Family family(Parameters request) {
        String text = request.required("AddressFamily");
        for (Family family : Family.values()) {
            if (PrefixListXml.family(family).equals(text)) {
                return family;
            }
        }
        throw request.invalid("AddressFamily", text, "It must be IPv4 or IPv6.");
    }

    /** An id that follows from the client's token, or a random one where there is no token. */
    private static String id(OperationCall call) {
        Optional<String> token = call.parameters().text("ClientToken").filter(text -> !text.isEmpty());
        if (token.isEmpty()) {
            return call.ids().next("pl-", call.policy().prefixLists()::containsKey);
        }
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest((call.account().id() + "\n" + token.get()).getBytes(UTF_8));
            return "pl-" + HexFormat.of().formatHex(hash).substring(0, NewIds.HEX_DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static void requireSame(PrefixList existing, AddList wanted) {
        Set<ListEntry> entries = new ShownList(existing).written().collect(Collectors.toSet());
        boolean same = existing.name().equals(wanted.name())
                && existing.tags().equals(wanted.tags())
                && existing.maxEntries().equals(wanted.maxEntries())
                && entries.equals(new HashSet<>(wanted.entries()));
        if (!same) {
            throw new AwsRefusal(AwsError.of(
                    "IdempotentParameterMismatch",
                    "The client token was used for the prefix list '" + existing.id()
                            + "', which has other properties than this request asks for."));
        }
    }
}
