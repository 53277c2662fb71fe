package io.secgroupd.controlplane.console.draft;

import io.secgroupd.controlplane.console.api.BadCallException;
import io.secgroupd.controlplane.console.api.JsonObject;
import io.secgroupd.controlplane.console.draft.Scratch.Read;
import io.secgroupd.controlplane.edit.change.Element;
import io.secgroupd.controlplane.edit.change.IntendedChange;
import io.secgroupd.controlplane.edit.change.RuleKey;
import io.secgroupd.controlplane.edit.change.RuleSpec;
import io.secgroupd.rules.model.ListEntries;
import io.secgroupd.rules.model.ListEntry;
import io.secgroupd.rules.model.Policy;
import io.secgroupd.rules.model.PrefixList;
import io.secgroupd.rules.model.Rule;
import io.secgroupd.rules.model.SecurityGroup;
import io.secgroupd.rules.net.Direction;
import io.secgroupd.rules.text.Problem;
import io.secgroupd.rules.text.Quote;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.Stream;

/** Reads one change, with the strict reader for all that people write. */
final class ChangeReading {

    private final JsonObject asked;
    private final Scratch scratch;
    private final Policy now;
    private final List<Problem> errors = new ArrayList<>();
    private String missing = "there is nothing to change";

    ChangeReading(JsonObject asked, Scratch scratch, Policy now) {
        this.asked = asked;
        this.scratch = scratch;
        this.now = now;
    }

    List<Problem> errors() {
        return errors;
    }

    /** Why there is no change although the reader found nothing wrong. */
    String missing() {
        return missing;
    }

    static Element element(JsonObject asked) {
        String kind = asked.text("kind");
        return switch (kind) {
            case "group" -> Element.group(asked.text("id"));
            case "list" -> Element.list(asked.text("id"));
            default -> throw new BadCallException("\"" + kind + "\" is no kind; write group or list.");
        };
    }

    private <T> Optional<T> read(
            Element.ElementKind kind, String name, Map<String, ?> fields, Function<Policy, Optional<T>> found) {
        Read read = scratch.read(kind.section(), name, fields);
        errors.addAll(read.errors());
        return read.errors().isEmpty() ? found.apply(read.policy()) : Optional.empty();
    }

    private Optional<SecurityGroup> group(String id, Map<String, ?> fields) {
        return read(
                Element.ElementKind.GROUP,
                id,
                fields,
                policy -> Optional.ofNullable(policy.securityGroups().get(id)));
    }

    Optional<IntendedChange> addGroup() {
        String id = asked.text("id");
        return group(id, ChangeFields.of(asked, "name", "description"))
                .map(group -> new IntendedChange.AddGroup(id, group.name(), group.description(), Map.of()));
    }

    /** A name or description, which may be empty. */
    Optional<String> label(String key) {
        Element element = element(asked);
        Map<String, Object> fields = ChangeFields.of(asked, key);
        if (element.kind() == Element.ElementKind.LIST) {
            fields.put("entries", List.of());
        }
        return read(element.kind(), element.id(), fields, policy -> Optional.of(asked.text(key)));
    }

    Optional<IntendedChange> addRule() {
        Direction direction = ChangeFields.direction(asked);
        String id = asked.text("group");
        return rules(id, direction)
                .map(rules -> new IntendedChange.AddRules(
                        id, direction, rules.stream().map(ChangeReading::spec).toList()));
    }

    private Optional<List<Rule>> rules(String group, Direction direction) {
        Map<String, Object> fields = Map.of(direction.rulesKey(), List.of(ChangeFields.rule(asked, direction)));
        return group(group, fields).map(read -> read.rules(direction));
    }

    private static RuleSpec spec(Rule rule) {
        return new RuleSpec(RuleKey.of(rule), rule.description(), Map.of(), rule.expires(), Optional.empty());
    }

    Optional<IntendedChange> removeRule() {
        Direction direction = ChangeFields.direction(asked);
        return known(direction).map(rule -> new IntendedChange.RemoveRule(rule.group(), direction, RuleKey.of(rule)));
    }

    Optional<IntendedChange> replaceRule() {
        Direction direction = ChangeFields.direction(asked);
        Optional<Rule> old = known(direction);
        Optional<List<Rule>> fresh = rules(asked.text("group"), direction);
        if (old.isEmpty() || fresh.isEmpty()) {
            return Optional.empty();
        }
        RuleSpec terms = spec(fresh.get().get(0));
        Optional<Instant> expires = terms.expires().or(old.get()::expires);
        var tagged = new RuleSpec(terms.key(), terms.description(), old.get().tags(), expires, Optional.empty());
        return Optional.of(new IntendedChange.ReplaceRule(
                old.get().group(), direction, RuleKey.of(old.get()), idFor(old.get(), direction, terms), tagged));
    }

    /** An id that follows from the content follows from the new content; one that somebody gave stays. */
    private static String idFor(Rule old, Direction direction, RuleSpec terms) {
        String derived = RuleSpec.derivedId(old.group(), direction, RuleKey.of(old));
        return old.id().equals(derived) ? RuleSpec.derivedId(old.group(), direction, terms.key()) : old.id();
    }

    private Optional<Rule> known(Direction direction) {
        String id = asked.text("id");
        String group = asked.text("group");
        Stream<Rule> rules = Optional.ofNullable(now.securityGroups().get(group)).stream()
                .flatMap(found -> found.rules(direction).stream());
        Optional<Rule> known = rules.filter(rule -> rule.id().equals(id)).findFirst();
        missing = "there is no rule " + Quote.of(id) + " " + direction.rulesKey() + " in " + Quote.of(group);
        return known;
    }

    private Optional<PrefixList> list(String id, Map<String, ?> fields) {
        return read(
                Element.ElementKind.LIST,
                id,
                fields,
                policy -> Optional.ofNullable(policy.prefixLists().get(id)));
    }

    private static List<ListEntry> entries(PrefixList list) {
        return list.written().stream().flatMap(ListEntries::stream).toList();
    }

    Optional<IntendedChange> addList() {
        String id = asked.text("id");
        Map<String, Object> fields = ChangeFields.of(asked, "name", "max_entries");
        fields.put("entries", ChangeFields.entries(asked));
        return list(id, fields)
                .map(list -> new IntendedChange.AddList(id, list.name(), Map.of(), list.maxEntries(), entries(list)));
    }

    Optional<IntendedChange> addEntries() {
        String id = asked.text("list");
        return list(id, Map.of("entries", ChangeFields.entries(asked)))
                .map(list -> new IntendedChange.AddEntries(id, entries(list)));
    }

    Optional<IntendedChange> removeEntries() {
        String id = asked.text("list");
        return list(id, Map.of("entries", asked.texts("entries")))
                .map(list -> new IntendedChange.RemoveEntries(
                        id, entries(list).stream().map(ListEntry::range).toList()));
    }

    /** The groups that are asked for, all of which must be known. */
    Optional<List<String>> groups(String section, String name) {
        List<String> groups = asked.texts("groups");
        var kind = section.equals("clusters") ? Element.ElementKind.CLUSTER : Element.ElementKind.INSTANCE;
        return read(kind, name, Map.of("security_groups", groups), policy -> Optional.of(groups));
    }

    Optional<IntendedChange> addInstance() {
        String name = asked.text("name");
        Map<String, Object> fields =
                Map.of("addresses", asked.texts("addresses"), "security_groups", asked.texts("groups"));
        return read(Element.ElementKind.INSTANCE, name, fields, policy -> {
            var instance = Objects.requireNonNull(policy.instances().get(name));
            return Optional.of(new IntendedChange.AddInstance(name, instance.addresses(), instance.securityGroups()));
        });
    }

    Optional<IntendedChange> setAddresses() {
        String name = asked.text("instance");
        return read(Element.ElementKind.INSTANCE, name, Map.of("addresses", asked.texts("addresses")), policy -> {
            var instance = Objects.requireNonNull(policy.instances().get(name));
            return Optional.of(new IntendedChange.SetAddresses(name, instance.addresses()));
        });
    }

    Optional<IntendedChange> addCluster() {
        String name = asked.text("name");
        Map<String, Object> fields = new LinkedHashMap<>(ChangeFields.of(asked, "port", "engine"));
        fields.put("security_groups", asked.texts("groups"));
        return read(Element.ElementKind.CLUSTER, name, fields, policy -> {
            var cluster = Objects.requireNonNull(policy.clusters().get(name));
            OptionalInt port = cluster.port();
            return Optional.of(
                    new IntendedChange.AddCluster(name, cluster.securityGroups(), Map.of(), port, cluster.engine()));
        });
    }
}
