package io.secgroupd.rules.model;

import io.secgroupd.rules.net.PortRange;
import io.secgroupd.rules.net.Protocol;
import io.secgroupd.rules.text.Location;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A promise about all flows of a shape, which the rules of the same file have to keep; a file that breaks one is refused.
 *
 * @param name  for people; may be empty
 * @param from  one or more
 * @param to    one or more
 * @param ports one or more; {@link PortRange#ALL} alone where the protocol has none
 * @param path  the entry in its file, such as {@code invariants[2]}
 */
public record Invariant(
        String name,
        Kind kind,
        List<FlowEnd> from,
        List<FlowEnd> to,
        Protocol protocol,
        List<PortRange> ports,
        Location at,
        String path) {

    private static final int SHOWN = 4;

    /** What is promised. */
    public enum Kind {
        /** No flow of the shape is accepted. */
        NEVER("never"),
        /** A flow to these targets and ports that is accepted comes from these sources. */
        ONLY("only");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        /** The key that says so in the file. */
        public String word() {
            return word;
        }
    }

    public Invariant {
        from = List.copyOf(from);
        to = List.copyOf(to);
        ports = List.copyOf(ports);
        if (from.isEmpty() || to.isEmpty() || ports.isEmpty()) {
            throw new IllegalArgumentException("an invariant has sources, targets and ports");
        }
        if (!protocol.hasPorts() && !ports.equals(List.of(PortRange.ALL))) {
            throw new IllegalArgumentException(protocol + " has no ports");
        }
    }

    /** The promise in words: {@code never tcp 3306 from any to orders}. Of long lists it has the first few. */
    public String terms() {
        return kind.word() + " " + protocol + portsText() + " from " + few(from, ", ") + " to " + few(to, ", ");
    }

    private String portsText() {
        if (!protocol.hasPorts()) {
            return "";
        }
        return ports.contains(PortRange.ALL) ? " all ports" : " " + few(ports, ",");
    }

    private static String few(List<?> all, String separator) {
        String first = all.stream().limit(SHOWN).map(Object::toString).collect(Collectors.joining(separator));
        return all.size() <= SHOWN ? first : first + " and " + (all.size() - SHOWN) + " more";
    }
}
