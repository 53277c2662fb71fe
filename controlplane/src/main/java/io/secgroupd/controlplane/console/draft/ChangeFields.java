package io.secgroupd.controlplane.console.draft;

import io.secgroupd.controlplane.console.api.BadCallException;
import io.secgroupd.controlplane.console.api.JsonObject;
import io.secgroupd.rules.net.Direction;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** From the fields of a change to those of a file. */
final class ChangeFields {

    private ChangeFields() {}

    /** The keys of an element that are there, with texts as they came: whether they are right, the reader says. */
    static Map<String, Object> of(JsonObject change, String... keys) {
        Map<String, Object> fields = new LinkedHashMap<>();
        for (String key : keys) {
            word(change, key).filter(text -> !text.isEmpty()).ifPresent(text -> fields.put(key, text));
        }
        return fields;
    }

    /** A text, or a number as one. */
    static Optional<String> word(JsonObject object, String key) {
        try {
            return object.optionalText(key);
        } catch (BadCallException e) {
            OptionalLong number = object.number(key);
            return number.isPresent() ? Optional.of(Long.toString(number.getAsLong())) : Optional.empty();
        }
    }

    static Direction direction(JsonObject change) {
        String word = change.text("direction");
        return switch (word) {
            case "ingress", "inbound" -> Direction.INGRESS;
            case "egress", "outbound" -> Direction.EGRESS;
            default -> throw new BadCallException("\"" + word + "\" is no direction; write ingress or egress.");
        };
    }

    /** A rule as an entry of a file. */
    static Map<String, Object> rule(JsonObject change, Direction direction) {
        Map<String, Object> rule = new LinkedHashMap<>();
        String protocol = word(change, "protocol").orElse("");
        rule.put("protocol", protocol.equals("any") ? "all" : protocol);
        String ports = word(change, "ports").orElse("");
        boolean hasPorts = List.of("tcp", "udp", "6", "17").contains(protocol);
        if (!ports.isEmpty() || hasPorts) {
            rule.put("ports", ports.isEmpty() ? "all" : ports);
        }
        rule.putAll(of(change, "icmp_type", "icmp_code", "description", "expires"));
        rule.put(direction.peerKey(), word(change, "peer").orElse(""));
        return rule;
    }

    /** The entries of a list; one without a description is its block alone. */
    static List<Object> entries(JsonObject change) {
        return change.objects("entries").stream()
                .<Object>map(entry -> {
                    Map<String, Object> fields = of(entry, "description");
                    fields.put("cidr", word(entry, "cidr").orElse(""));
                    return fields;
                })
                .toList();
    }
}
