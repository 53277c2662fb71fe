package io.secgroupd.controlplane.edit;

import io.secgroupd.controlplane.edit.change.Element;
import io.secgroupd.controlplane.edit.change.IntendedChange;
import io.secgroupd.controlplane.edit.change.RuleKey;
import io.secgroupd.controlplane.edit.change.RuleSpec;
import io.secgroupd.rules.model.ListEntry;
import io.secgroupd.rules.model.Peer;
import io.secgroupd.rules.net.AddressRange;
import io.secgroupd.rules.net.AddressSyntaxException;
import io.secgroupd.rules.net.AddressText;
import io.secgroupd.rules.net.Direction;
import io.secgroupd.rules.net.IcmpMatch;
import io.secgroupd.rules.net.IpAddress;
import io.secgroupd.rules.net.PortRange;
import io.secgroupd.rules.net.Protocol;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Changes in few words: a YAML list for each, its name first, such as {@code [remove-rule, sg-a, inbound, tcp 443 any]}. */
final class ChangeText {

    private final List<?> words;

    private ChangeText(List<?> words) {
        this.words = words;
    }

    /** The changes of a text: a YAML list of such lists. */
    static List<IntendedChange> parse(String text) {
        Object all = new Load(LoadSettings.builder().build()).loadFromString(text);
        return ((List<?>) all)
                .stream().map(words -> new ChangeText((List<?>) words).change()).toList();
    }

    private IntendedChange change() {
        return switch (word(0)) {
            case "add-group" -> new IntendedChange.AddGroup(word(1), text("name"), text("description"), tags());
            case "remove-group" -> new IntendedChange.RemoveGroup(word(1));
            case "add-rules" -> new IntendedChange.AddRules(word(1), direction(), rules());
            case "remove-rule" -> new IntendedChange.RemoveRule(word(1), direction(), key(word(3)));
            case "replace-rule" ->
                new IntendedChange.ReplaceRule(word(1), direction(), key(word(3)), word(4), terms(word(5), options()));
            case "set-name" -> new IntendedChange.SetName(element(), word(2));
            case "set-description" -> new IntendedChange.SetDescription(element(), word(2));
            case "set-tags" -> new IntendedChange.SetTags(element(), tags());
            case "add-list" ->
                new IntendedChange.AddList(word(1), text("name"), tags(), number("max_entries"), entries());
            case "remove-list" -> new IntendedChange.RemoveList(word(1));
            case "add-entries" -> new IntendedChange.AddEntries(word(1), entries());
            case "remove-entries" -> new IntendedChange.RemoveEntries(word(1), ranges());
            case "set-max-entries" -> new IntendedChange.SetMaxEntries(word(1), Integer.parseInt(word(2)));
            case "set-instance-groups" -> new IntendedChange.SetInstanceGroups(word(1), strings("groups"));
            case "set-cluster-groups" -> new IntendedChange.SetClusterGroups(word(1), strings("groups"));
            case "set-cluster-port" -> new IntendedChange.SetClusterPort(word(1), Integer.parseInt(word(2)));
            case "add-cluster" ->
                new IntendedChange.AddCluster(word(1), strings("groups"), tags(), number("port"), text("engine"));
            case "remove-cluster" -> new IntendedChange.RemoveCluster(word(1));
            case "add-instance" -> new IntendedChange.AddInstance(word(1), addresses(), strings("groups"));
            case "remove-instance" -> new IntendedChange.RemoveInstance(word(1));
            case "set-addresses" -> new IntendedChange.SetAddresses(word(1), addresses());
            case "set-cluster-instances" -> new IntendedChange.SetClusterInstances(word(1), strings("instances"));
            default -> throw new IllegalArgumentException("no change " + word(0));
        };
    }

    private String word(int index) {
        return words.get(index).toString();
    }

    private Map<?, ?> options() {
        Object last = words.get(words.size() - 1);
        return last instanceof Map<?, ?> map ? map : Map.of();
    }

    private String text(String key) {
        Object value = options().get(key);
        return value == null ? "" : value.toString();
    }

    private OptionalInt number(String key) {
        return options().get(key) instanceof Integer number ? OptionalInt.of(number) : OptionalInt.empty();
    }

    private List<String> strings(String key) {
        return options().get(key) instanceof List<?> list
                ? list.stream().map(Object::toString).toList()
                : List.of();
    }

    private List<IpAddress> addresses() {
        return strings("addresses").stream()
                .map(ChangeText::range)
                .map(AddressRange::first)
                .toList();
    }

    private Map<String, String> tags() {
        return tags(options());
    }

    private static Map<String, String> tags(Map<?, ?> options) {
        var tags = new LinkedHashMap<String, String>();
        if (options.get("tags") instanceof Map<?, ?> map) {
            map.forEach((key, value) -> tags.put(key.toString(), value.toString()));
        }
        return tags;
    }

    private Direction direction() {
        return word(2).equals("inbound") ? Direction.INGRESS : Direction.EGRESS;
    }

    private Element element() {
        String id = word(1);
        return id.startsWith("sg-")
                ? Element.group(id)
                : id.startsWith("pl-")
                        ? Element.list(id)
                        : id.startsWith("cluster:") ? Element.cluster(id.substring(8)) : Element.instance(id);
    }

    private List<RuleSpec> rules() {
        var rules = new ArrayList<RuleSpec>();
        for (Object word : words.subList(3, words.size())) {
            if (!(word instanceof Map)) {
                rules.add(terms(word.toString(), options()));
            }
        }
        return rules;
    }

    private static RuleSpec terms(String rule, Map<?, ?> options) {
        Object description = options.get("description");
        Optional<String> id = Optional.ofNullable(options.get("id")).map(Object::toString);
        Optional<Instant> expires =
                Optional.ofNullable(options.get("expires")).map(time -> Instant.parse(time.toString()));
        return new RuleSpec(key(rule), description == null ? "" : description.toString(), tags(options), expires, id);
    }

    /** {@code tcp 443 any}, {@code icmp 8/0 10.0.0.0/8}, {@code all sg-a}, {@code 47 pl-a}. */
    static RuleKey key(String text) {
        String[] parts = text.split(" ", -1);
        Protocol protocol = Protocol.parse(parts[0]).orElseThrow();
        String middle = parts.length == 3 ? parts[1] : "";
        PortRange ports = protocol.hasPorts() ? PortRange.parse(middle).orElseThrow() : PortRange.ALL;
        IcmpMatch icmp = middle.isEmpty() || protocol.hasPorts() ? IcmpMatch.ANY : icmp(middle);
        return new RuleKey(protocol, ports, icmp, peer(parts[parts.length - 1]));
    }

    private static IcmpMatch icmp(String text) {
        String[] parts = text.split("/", -1);
        return new IcmpMatch(
                Integer.parseInt(parts[0]), parts.length > 1 ? Integer.parseInt(parts[1]) : IcmpMatch.ANY_VALUE);
    }

    static Peer peer(String text) {
        if (text.startsWith("sg-")) {
            return new Peer.Group(text);
        }
        if (text.startsWith("pl-")) {
            return new Peer.List(text);
        }
        return text.equals("any") ? Peer.Any.ANY : new Peer.Addresses(range(text));
    }

    private List<ListEntry> entries() {
        var entries = new ArrayList<ListEntry>();
        if (options().get("entries") instanceof List<?> list) {
            for (Object one : list) {
                entries.add(
                        one instanceof Map<?, ?> map
                                ? new ListEntry(
                                        range(String.valueOf(map.get("cidr"))), String.valueOf(map.get("description")))
                                : new ListEntry(range(one.toString()), ""));
            }
        }
        return entries;
    }

    private List<AddressRange> ranges() {
        return entries().stream().map(ListEntry::range).toList();
    }

    static AddressRange range(String text) {
        try {
            return AddressText.parse(text).range();
        } catch (AddressSyntaxException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
