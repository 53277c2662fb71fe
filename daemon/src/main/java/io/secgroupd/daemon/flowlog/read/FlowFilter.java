package io.secgroupd.daemon.flowlog.read;

import io.secgroupd.rules.net.AddressRange;
import io.secgroupd.rules.net.IpAddress;
import io.secgroupd.rules.net.PortRange;
import io.secgroupd.rules.net.Protocol;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Selects the wanted lines. Each condition has several values, of which one must match; all conditions must hold. A
 * SKIPDATA record need only match the times, since the records that it stands for may have matched the rest.
 */
public final class FlowFilter {

    /** A line from another program may have any number there. */
    private static final int HIGHEST_PORT = 0xffff;

    private final List<Predicate<LogLine>> conditions = new ArrayList<>();
    private long since = Long.MIN_VALUE;
    private long until = Long.MAX_VALUE;

    boolean matches(LogLine line) {
        if (line.timeMillis() < since || line.timeMillis() > until) {
            return false;
        }
        if (line.isSkipData()) {
            return true;
        }
        for (Predicate<LogLine> condition : conditions) {
            if (!condition.test(line)) {
                return false;
            }
        }
        return true;
    }

    /** Selects by time, in milliseconds since 1970-01-01T00:00:00Z, both limits included. */
    public FlowFilter between(long sinceMillis, long untilMillis) {
        since = sinceMillis;
        until = untilMillis;
        return this;
    }

    public FlowFilter accepted(boolean wanted) {
        conditions.add(line -> line.accepted() == wanted);
        return this;
    }

    public FlowFilter source(Collection<AddressRange> ranges) {
        return address(Field.SRC, ranges);
    }

    public FlowFilter destination(Collection<AddressRange> ranges) {
        return address(Field.DST, ranges);
    }

    /** Selects by destination port. */
    public FlowFilter port(Collection<PortRange> ranges) {
        return any(ranges, (line, range) -> {
            long port = line.number(Field.DPORT);
            return port >= 0 && port <= HIGHEST_PORT && range.contains((int) port);
        });
    }

    public FlowFilter protocol(Collection<Protocol> protocols) {
        return any(protocols, (line, protocol) -> {
            int number = line.protocol();
            return number >= 0 && protocol.matches(number);
        });
    }

    public FlowFilter group(Collection<String> groups) {
        return word(Field.GROUP, groups);
    }

    public FlowFilter rule(Collection<String> rules) {
        return word(Field.RULE, rules);
    }

    public FlowFilter instance(Collection<String> instances) {
        return word(Field.INSTANCE, instances);
    }

    /**
     * Selects by unit. A name may have the wildcards {@code *} and {@code ?}, and the ending {@code .service} may be left out. A
     * line without a unit is of none.
     */
    public FlowFilter unit(Collection<String> units) {
        List<Pattern> names = units.stream().map(FlowFilter::unitPattern).toList();
        return any(
                names,
                (line, name) -> line.has(Field.UNIT)
                        && name.matcher(line.text(Field.UNIT)).matches());
    }

    private static Pattern unitPattern(String name) {
        String pattern = name.codePoints()
                .mapToObj(c -> c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(Character.toString(c)))
                .collect(Collectors.joining());
        return Pattern.compile(pattern + "(\\.service)?");
    }

    private FlowFilter address(Field field, Collection<AddressRange> ranges) {
        var addresses = new AddressBytes();
        return any(ranges, (line, range) -> {
            if (!line.has(field)) {
                return false;
            }
            IpAddress address = addresses.parse(line.values(), line.from(field), line.to(field));
            return address != null && range.contains(address);
        });
    }

    private FlowFilter word(Field field, Collection<String> words) {
        return any(words.stream().map(LineWords::of).toList(), (line, word) -> line.is(field, word));
    }

    private <T> FlowFilter any(Collection<T> values, BiPredicate<LogLine, T> fits) {
        List<T> wanted = List.copyOf(values);
        if (!wanted.isEmpty()) {
            conditions.add(line -> {
                for (T value : wanted) {
                    if (fits.test(line, value)) {
                        return true;
                    }
                }
                return false;
            });
        }
        return this;
    }

    long sinceMillis() {
        return since;
    }
}
