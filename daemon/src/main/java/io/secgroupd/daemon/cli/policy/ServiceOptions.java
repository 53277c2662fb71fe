package io.secgroupd.daemon.cli.policy;

import io.secgroupd.rules.model.Service;
import io.secgroupd.rules.net.PortRange;
import io.secgroupd.rules.net.Protocol;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The service that a question is about, as options. */
final class ServiceOptions {

    @Option(
            names = "--protocol",
            required = true,
            paramLabel = "PROTOCOL",
            description = "tcp, udp, icmp, icmpv6 or a number 0-255.")
    private String protocol = "";

    @Option(names = "--port", paramLabel = "PORT", description = "Destination port 0-65535, for tcp and udp.")
    private @Nullable Integer port;

    @Option(names = "--icmp-type", paramLabel = "TYPE", description = "0-255, for icmp and icmpv6.")
    private @Nullable Integer icmpType;

    @Option(names = "--icmp-code", paramLabel = "CODE", description = "0-255, for icmp and icmpv6; 0 if left out.")
    private @Nullable Integer icmpCode;

    /**
     * The service that these options describe.
     *
     * @throws IllegalArgumentException with a sentence, when they contradict each other
     */
    Service toService() {
        return service(protocol, port, icmpType, icmpCode);
    }

    /**
     * A service of one protocol, with all that the protocol needs and nothing that it lacks.
     *
     * @throws IllegalArgumentException with a sentence, when these contradict each other
     */
    static Service service(
            String protocol, @Nullable Integer port, @Nullable Integer icmpType, @Nullable Integer icmpCode) {
        Protocol parsed = Protocol.parse(protocol)
                .filter(one -> !one.equals(Protocol.ALL))
                .orElseThrow(() -> new IllegalArgumentException(
                        "\"" + protocol + "\" is not a protocol; write tcp, udp, icmp, icmpv6 or a number 0-255"));
        require(parsed.hasPorts() == (port != null), parsed + (parsed.hasPorts() ? " needs a port" : " has no ports"));
        require(
                parsed.hasIcmpTypes() == (icmpType != null),
                parsed + (parsed.hasIcmpTypes() ? " needs an icmp type" : " has no icmp type"));
        require(icmpType != null || icmpCode == null, "an icmp code needs an icmp type");
        return new Service(
                parsed.number(),
                within("port", port, PortRange.MAX_PORT),
                within("icmp type", icmpType, 255),
                within("icmp code", icmpCode, 255));
    }

    private static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new IllegalArgumentException(otherwise);
        }
    }

    private static int within(String name, @Nullable Integer value, int max) {
        if (value == null) {
            return 0;
        }
        require(value >= 0 && value <= max, name + " " + value + " is not within 0-" + max);
        return value;
    }
}
