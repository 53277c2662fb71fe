package io.secgroupd.controlplane.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.secgroupd.controlplane.console.api.BadCallException;
import java.net.URLDecoder;
import java.util.Map;
import java.util.TreeMap;

/** Reads what stands behind the question mark of an address. */
final class Queries {

    private Queries() {}

    static Map<String, String> parse(String query) {
        Map<String, String> parameters = new TreeMap<>();
        for (String part : query.split("&", -1)) {
            int equals = part.indexOf('=');
            if (equals > 0
                    && parameters.put(decoded(part.substring(0, equals)), decoded(part.substring(equals + 1)))
                            != null) {
                throw new BadCallException("A parameter of the address is given twice.");
            }
        }
        return parameters;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, UTF_8);
        } catch (IllegalArgumentException e) {
            throw new BadCallException("A parameter of the address is not well encoded.");
        }
    }
}
