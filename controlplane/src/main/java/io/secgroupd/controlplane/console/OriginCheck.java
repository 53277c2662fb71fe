package io.secgroupd.controlplane.console;

import io.secgroupd.controlplane.http.HttpCall;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Admits questions of the console's own page. A browser says which page asks, and a page cannot lie about it; the host was
 * checked before.
 */
final class OriginCheck {

    private static final String SAME = "same-origin";

    /** The person has asked, and no page. */
    private static final String NONE = "none";

    private final String scheme;

    OriginCheck(boolean tls) {
        this.scheme = tls ? "https://" : "http://";
    }

    /** Why another page may be asking, or empty when none is. */
    Optional<String> objection(HttpCall call) {
        List<String> sites = call.values("Sec-Fetch-Site");
        List<String> origins = call.values("Origin");
        boolean changes = !call.method().equals("GET");
        if (!sites.stream().allMatch(site -> site.equals(SAME) || (site.equals(NONE) && !changes))) {
            return Optional.of("A page of another site asks.");
        }
        if (!origins.stream().allMatch(origin -> isOurs(origin, call))) {
            return Optional.of("A page of another origin asks.");
        }
        return changes && sites.isEmpty() && origins.isEmpty()
                ? Optional.of("The request does not say which page asks; a browser sends Origin.")
                : Optional.empty();
    }

    private boolean isOurs(String origin, HttpCall call) {
        String ours = scheme + String.join(",", call.values("Host"));
        return origin.toLowerCase(Locale.ROOT).equals(ours.toLowerCase(Locale.ROOT));
    }
}
