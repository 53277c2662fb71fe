package io.secgroupd.controlplane.console;

import java.util.Map;
import java.util.TreeMap;

/** Header lines that have a browser run nothing but the files of this server, and show nothing of it to others. */
public final class SecurityHeaders {

    private static final Map<String, String> ALL = Map.of(
            "Content-Security-Policy",
            "default-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
            "X-Content-Type-Options",
            "nosniff",
            "Referrer-Policy",
            "no-referrer",
            "Cross-Origin-Opener-Policy",
            "same-origin",
            "Cross-Origin-Resource-Policy",
            "same-origin");

    private SecurityHeaders() {}

    /** All of them, and more. */
    public static Map<String, String> with(Map<String, String> more) {
        Map<String, String> both = new TreeMap<>(ALL);
        both.putAll(more);
        return both;
    }
}
