package io.secgroupd.controlplane.fleet.membership;

import io.secgroupd.rules.file.PolicyFiles;
import io.secgroupd.rules.file.PolicyReader;
import io.secgroupd.rules.model.Policy;
import io.secgroupd.rules.net.AddressSyntaxException;
import io.secgroupd.rules.net.AddressText;
import io.secgroupd.rules.net.IpAddress;
import io.secgroupd.rules.text.Problems;
import io.secgroupd.rules.yaml.Value;
import io.secgroupd.rules.yaml.Value.NamedValue;
import io.secgroupd.rules.yaml.YamlDocument;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The file of a policy that a fleet writes by itself: the addresses of the instances that say {@code addresses: registered}. */
public final class RegisteredFile {

    /** Its name, beside the control-plane file, which includes it. */
    public static final String NAME = "registered.yaml";

    private static final String KEY = "registered";
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z][A-Za-z0-9._-]*");
    private static final Set<String> WORDS = Set.of("true", "false", "null", "yes", "no", "on", "off", "y", "n");

    private RegisteredFile() {}

    /** Where it is among the files of a policy; empty when it is not one of them. */
    public static Optional<Path> in(PolicyFiles files) {
        Path path = files.first().resolveSibling(NAME).normalize();
        return Optional.of(path).filter(file -> files.content(file).isPresent());
    }

    /** The addresses by instance that it says among the files of a policy; none when it is not one of them. */
    public static SortedMap<String, SortedSet<IpAddress>> read(PolicyFiles files) {
        return in(files).flatMap(files::content).map(RegisteredFile::parse).orElseGet(TreeMap::new);
    }

    /** What is not sound is left out: a policy with such a file is refused as a whole, with the places. */
    static SortedMap<String, SortedSet<IpAddress>> parse(byte[] content) {
        var map = new TreeMap<String, SortedSet<IpAddress>>();
        List<NamedValue> entries = YamlDocument.parse(NAME, content, new Problems())
                .filter(Value::isMap)
                .flatMap(document -> document.fields(Set.of("version", KEY)))
                .flatMap(fields -> fields.optional(KEY))
                .flatMap(Value::entries)
                .orElse(List.of());
        for (NamedValue entry : entries) {
            map.put(entry.key(), addresses(entry.value()));
        }
        return map;
    }

    private static SortedSet<IpAddress> addresses(Value list) {
        var addresses = new TreeSet<IpAddress>();
        for (Value item : list.items().orElse(List.of())) {
            try {
                addresses.add(AddressText.parseAddress(item.text().orElse("")));
            } catch (AddressSyntaxException e) {
                item.error(e.getMessage());
            }
        }
        return addresses;
    }

    /** Its content. */
    public static byte[] content(SortedMap<String, SortedSet<IpAddress>> addresses) {
        var text = new StringBuilder("version: 1\nregistered:");
        if (addresses.isEmpty()) {
            text.append(" {}");
        }
        addresses.forEach((instance, all) -> text.append("\n  ")
                .append(key(instance))
                .append(": ")
                .append(all.stream().map(RegisteredFile::item).collect(Collectors.joining(", ", "[", "]"))));
        return text.append('\n').toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Whatever else YAML could take for a number or a word of its own stands in quotes. */
    private static String key(String instance) {
        boolean plain = PLAIN.matcher(instance).matches() && !WORDS.contains(instance.toLowerCase(Locale.ROOT));
        return plain ? instance : '"' + instance + '"';
    }

    private static String item(IpAddress address) {
        String text = address.toString();
        return text.indexOf(':') < 0 ? text : '"' + text + '"';
    }

    /**
     * The same files with the addresses that are registered now: whoever writes a policy does not know which hosts are there.
     * Those of instances that are not registered any longer are left out.
     *
     * @param now  the files that are in force
     * @param next without this file among them, they stay as they are
     */
    public static PolicyFiles carried(PolicyFiles now, PolicyFiles next) {
        Optional<Path> path = in(next);
        return path.isEmpty() || in(now).isEmpty() ? next : fitted(read(now), next);
    }

    /**
     * The files with other addresses in this file, where it is one of them.
     *
     * @param map exactly what it is to say
     */
    public static PolicyFiles with(SortedMap<String, SortedSet<IpAddress>> map, PolicyFiles files) {
        Optional<Path> path = in(files);
        return path.isEmpty() || map.equals(read(files)) ? files : files.with(Map.of(path.get(), content(map)));
    }

    /**
     * The files with those of the addresses that they can have.
     *
     * @param map what the file of another revision says
     */
    static PolicyFiles fitted(SortedMap<String, SortedSet<IpAddress>> map, PolicyFiles next) {
        Optional<Path> path = in(next);
        if (path.isEmpty()) {
            return next;
        }
        PolicyFiles without = next.with(Map.of(path.get(), content(new TreeMap<>())));
        Optional<Policy> policy = PolicyReader.read(without).policy();
        if (policy.isEmpty()) {
            return next; // its own problems are told
        }
        byte[] carried = content(fitting(map, policy.get()));
        boolean same = Arrays.equals(next.content(path.get()).orElseThrow(), carried);
        return same ? next : next.with(Map.of(path.get(), carried));
    }

    private static SortedMap<String, SortedSet<IpAddress>> fitting(
            SortedMap<String, SortedSet<IpAddress>> map, Policy policy) {
        var owners = Owners.of(policy, Set.of());
        var fitting = new TreeMap<String, SortedSet<IpAddress>>();
        map.forEach((instance, addresses) -> {
            if (owners.isWanting(instance)) {
                var free = new TreeSet<>(addresses);
                free.removeIf(address -> !owners.take(address, instance));
                fitting.put(instance, free);
            }
        });
        return fitting;
    }
}
