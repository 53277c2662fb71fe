package io.secgroupd.controlplane.fleet.membership;

import io.secgroupd.rules.net.IpAddress;
import java.time.Instant;
import java.util.List;

/**
 * What a host claims.
 *
 * @param instances that it may report addresses of, in the order of its enrolment
 * @param named     the instances that it could report addresses of when it did, which may be others
 * @param addresses that it has
 * @param since     when it said so
 * @param standing  whether it is there
 */
public record Claim(
        String host,
        List<String> instances,
        List<String> named,
        List<IpAddress> addresses,
        Instant since,
        Standing standing) {

    /** Whether a host is there. */
    public enum Standing {
        /** It is, or has been away for no longer than a restart takes. */
        HERE,
        /** It is gone. */
        AWAY,
        /** Nobody can know: what it has, it keeps. */
        UNKNOWN
    }

    public Claim {
        instances = List.copyOf(instances);
        named = List.copyOf(named);
        addresses = List.copyOf(addresses);
    }
}
