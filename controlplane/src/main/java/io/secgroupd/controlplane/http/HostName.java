package io.secgroupd.controlplane.http;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The host that a request says it is for.
 *
 * @param name    in small letters, without a dot at its end and without brackets
 * @param hasPort whether a port stands behind it
 */
record HostName(String name, boolean hasPort) {

    /** A name or an IPv4 address, or an IPv6 address in brackets; then perhaps a port, which may be empty by RFC 3986. */
    private static final Pattern FORM =
            Pattern.compile("(?:([A-Za-z0-9._-]{1,255})|\\[([0-9A-Fa-f:.]{2,45})])(:[0-9]{0,5})?");

    /** Empty when this is not a host. */
    static Optional<HostName> parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            return Optional.empty();
        }
        boolean named = form.group(1) != null;
        if (!named && !NetUtil.isValidIpV6Address(form.group(2))) {
            return Optional.empty();
        }
        String name = (named ? form.group(1) : form.group(2)).toLowerCase(Locale.ROOT);
        boolean dotted = name.length() > 1 && name.endsWith(".");
        return Optional.of(new HostName(dotted ? name.substring(0, name.length() - 1) : name, form.group(3) != null));
    }

    /** The address, when this is one and no name. No name server is asked. */
    Optional<InetAddress> address() {
        return Optional.ofNullable(NetUtil.createInetAddressFromIpAddressString(name));
    }
}
