package io.secgroupd.rules.written;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Reads the text of one sound rules file without includes and list files, as plain maps and lists. */
public final class WrittenPolicyReader {

    private static final Map<String, Integer> PROTOCOLS =
            Map.of("all", -1, "tcp", 6, "udp", 17, "icmp", 1, "icmpv6", 58);
    private static final String OBSERVE = "observe";

    private final Map<?, ?> file;
    private final Instant now;
    private final Map<String, WrittenInstance> instances = new LinkedHashMap<>();

    private WrittenPolicyReader(Map<?, ?> file, Instant now) {
        this.file = file;
        this.now = now;
    }

    /**
     * Reads it.
     *
     * @param now rules that have expired by then are no rules
     */
    public static WrittenPolicy read(String text, Instant now) {
        Object file = new Load(LoadSettings.builder().build()).loadFromString(text);
        return new WrittenPolicyReader((Map<?, ?>) file, now).policy();
    }

    private WrittenPolicy policy() {
        map(file, "instances").forEach((name, value) -> {
            Map<?, ?> instance = (Map<?, ?>) value;
            add(name, instance, texts(instance, "security_groups"), false);
        });
        map(file, "clusters").forEach((name, value) -> {
            Map<?, ?> cluster = (Map<?, ?>) value;
            map(cluster, "instances")
                    .forEach((member, instance) ->
                            add(member, (Map<?, ?>) instance, texts(cluster, "security_groups"), observes(cluster)));
        });
        var inbound = new LinkedHashMap<String, List<WrittenRule>>();
        var outbound = new LinkedHashMap<String, List<WrittenRule>>();
        map(file, "security_groups").forEach((id, value) -> {
            Map<?, ?> group = (Map<?, ?>) value;
            inbound.put(id.toString(), rules(id.toString(), group, "inbound", "source"));
            outbound.put(
                    id.toString(),
                    group.containsKey("outbound")
                            ? rules(id.toString(), group, "outbound", "destination")
                            : List.of(new WrittenRule(
                                    id.toString(), -1, List.of(), -1, -1, List.of(WrittenPeer.ANY), "implied")));
        });
        return new WrittenPolicy(instances, inbound, outbound);
    }

    private void add(Object name, Map<?, ?> instance, List<String> groups, boolean observing) {
        instances.put(
                name.toString(),
                new WrittenInstance(
                        name.toString(), texts(instance, "addresses"), groups, observing || observes(instance)));
    }

    private static boolean observes(Map<?, ?> holder) {
        return text(holder, "mode").filter(OBSERVE::equals).isPresent();
    }

    private List<WrittenRule> rules(String group, Map<?, ?> holder, String key, String peerKey) {
        var rules = new ArrayList<WrittenRule>();
        for (Object each : list(holder, key)) {
            Map<?, ?> entry = (Map<?, ?>) each;
            boolean over = text(entry, "expires")
                    .filter(end -> !now.isBefore(OffsetDateTime.parse(end).toInstant()))
                    .isPresent();
            if (!over) {
                rules.add(rule(group, entry, peerKey));
            }
        }
        return rules;
    }

    private WrittenRule rule(String group, Map<?, ?> entry, String peerKey) {
        String protocol = text(entry, "protocol").orElseThrow();
        Integer known = PROTOCOLS.get(protocol);
        return new WrittenRule(
                group,
                known == null ? Integer.parseInt(protocol) : known,
                texts(entry, "ports"),
                number(entry, "icmp_type"),
                number(entry, "icmp_code"),
                texts(entry, peerKey).stream().map(text -> peer(text, group)).toList(),
                text(entry, "description").orElse(""));
    }

    private WrittenPeer peer(String text, String group) {
        if (text.equals("any")) {
            return WrittenPeer.ANY;
        }
        if (text.equals("self") || text.startsWith("sg-")) {
            return WrittenPeer.of(membersOf(text.equals("self") ? group : text), List.of());
        }
        return text.startsWith("pl-") ? list(text) : WrittenPeer.of(List.of(text), List.of());
    }

    private List<String> membersOf(String group) {
        return instances.values().stream()
                .filter(instance -> instance.groups().contains(group))
                .flatMap(instance -> instance.addresses().stream())
                .toList();
    }

    private WrittenPeer list(String id) {
        Map<?, ?> lists = map(file, "prefix_lists");
        Map<?, ?> list = map(lists, id);
        return list.isEmpty()
                ? WrittenPeer.of(entries(list(lists, id)), List.of())
                : WrittenPeer.of(entries(list(list, "entries")), entries(list(list, "except")));
    }

    private static List<String> entries(Iterable<?> written) {
        var entries = new ArrayList<String>();
        for (Object each : written) {
            entries.add(each instanceof Map<?, ?> entry ? text(entry, "cidr").orElseThrow() : each.toString());
        }
        return entries;
    }

    private static int number(Map<?, ?> holder, String key) {
        return text(holder, key).map(Integer::valueOf).orElse(-1);
    }

    private static Optional<String> text(Map<?, ?> holder, String key) {
        return Optional.ofNullable(holder.get(key)).map(Object::toString);
    }

    private static Map<?, ?> map(Map<?, ?> holder, String key) {
        return holder.get(key) instanceof Map<?, ?> map ? map : Map.of();
    }

    private static List<?> list(Map<?, ?> holder, String key) {
        return holder.get(key) instanceof List<?> list ? list : List.of();
    }

    /** One value, or several. */
    private static List<String> texts(Map<?, ?> holder, String key) {
        if (holder.get(key) instanceof List<?> list) {
            return list.stream().map(Object::toString).toList();
        }
        return text(holder, key).map(List::of).orElse(List.of());
    }
}
