package io.secgroupd.controlplane.fleet.host;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** The address of a control server. The token of the host goes there, and so it is only sent in the clear within the host. */
final class ServerAddress {

    static final String RULE = "https://NAME:PORT, or http://127.0.0.1:PORT for one on this host";

    private static final Pattern LOOPBACK = Pattern.compile("127(\\.[0-9]{1,3}){3}|\\[::1\\]|localhost");

    private ServerAddress() {}

    /** The address without a slash at its end; empty when it is none. */
    static Optional<URI> parse(String text) {
        try {
            var address = new URI(text.replaceFirst("/+$", ""));
            return isSound(address) ? Optional.of(address) : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    private static boolean isSound(URI address) {
        String scheme = String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
        String host = address.getHost();
        if (host == null
                || address.getUserInfo() != null
                || address.getQuery() != null
                || address.getFragment() != null
                || address.getPort() == 0
                || address.getPort() > 65_535) {
            return false;
        }
        return scheme.equals("https")
                || (scheme.equals("http") && LOOPBACK.matcher(host).matches());
    }
}
