package io.secgroupd.daemon.settings;

import io.secgroupd.rules.net.AddressSyntaxException;
import io.secgroupd.rules.net.AddressText;
import io.secgroupd.rules.net.Decimal;
import io.secgroupd.rules.net.IpAddress;
import io.secgroupd.rules.net.PortRange;
import io.secgroupd.rules.text.Nearest;
import io.secgroupd.rules.text.Quote;
import io.secgroupd.rules.yaml.Value;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads single values of the settings file. Each method reports a wrong value at its place and returns nothing. */
final class SettingValues {

    private static final Pattern ENDPOINT =
            Pattern.compile("(?:\\[(?<v6>[0-9A-Fa-f:]+)]|(?<v4>[0-9.]+)):(?<port>[0-9]+)");

    private SettingValues() {}

    /** Reads one of these constants, in lower case. */
    static <E extends Enum<E>> Optional<E> oneOf(Collection<E> constants, Value value) {
        List<String> words = constants.stream().map(SettingValues::word).toList();
        return value.text().flatMap(text -> {
            int index = words.indexOf(text);
            if (index < 0) {
                value.error(Quote.of(text) + " is not a valid value; write " + String.join(" or ", words)
                        + Nearest.hint(text, words));
                return Optional.empty();
            }
            return Optional.of(List.copyOf(constants).get(index));
        });
    }

    static <E extends Enum<E>> String word(E constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    /** Reads a path. A relative path starts at the folder of the settings file. */
    static Optional<Path> path(Value value, Path folder) {
        return value.text().flatMap(text -> {
            try {
                if (!text.isEmpty()) {
                    return Optional.of(folder.resolve(text).normalize());
                }
            } catch (InvalidPathException e) {
                // The error is reported below.
            }
            value.error(Quote.of(text) + " is not a path; write one, such as /etc/secgroupd/rules.yaml");
            return Optional.empty();
        });
    }

    /**
     * Reads a loopback address and a port, such as {@code 127.0.0.1:9470} or {@code [::1]:9470}. Host names are not
     * accepted, because nothing is looked up.
     */
    static Optional<InetSocketAddress> endpoint(Value value) {
        return value.text().flatMap(text -> {
            Matcher parts = ENDPOINT.matcher(text);
            OptionalInt port =
                    parts.matches() ? Decimal.parse(parts.group("port"), PortRange.MAX_PORT) : OptionalInt.empty();
            Optional<IpAddress> address = parts.matches() ? address(parts) : Optional.empty();
            if (address.isPresent() && port.isPresent()) {
                return onLoopback(new InetSocketAddress(javaAddress(address.get()), port.getAsInt()), text, value);
            }
            value.error(Quote.of(text) + " is not an address with a port; write 127.0.0.1:9470 or \"[::1]:9470\"");
            return Optional.empty();
        });
    }

    /** Accepts only loopback: metrics have no authentication, and their rules and hits would help an attacker. */
    private static Optional<InetSocketAddress> onLoopback(InetSocketAddress endpoint, String text, Value value) {
        if (endpoint.getAddress().isLoopbackAddress()) {
            return Optional.of(endpoint);
        }
        value.error(Quote.of(text) + " can be reached from other hosts; write 127.0.0.1:" + endpoint.getPort()
                + ", and let an agent on this host pass the metrics on");
        return Optional.empty();
    }

    private static Optional<IpAddress> address(Matcher parts) {
        String bracketed = parts.group("v6");
        try {
            return Optional.of(AddressText.parseAddress(bracketed != null ? bracketed : parts.group("v4")));
        } catch (AddressSyntaxException e) {
            return Optional.empty();
        }
    }

    private static InetAddress javaAddress(IpAddress address) {
        try {
            return InetAddress.getByAddress(address.toBytes());
        } catch (UnknownHostException e) {
            throw new IllegalStateException("4 and 16 bytes are addresses", e);
        }
    }
}
