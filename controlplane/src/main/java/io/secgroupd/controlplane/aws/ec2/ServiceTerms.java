package io.secgroupd.controlplane.aws.ec2;

import io.secgroupd.controlplane.aws.AwsError;
import io.secgroupd.controlplane.aws.AwsRefusal;
import io.secgroupd.controlplane.aws.query.Parameters;
import io.secgroupd.rules.net.IcmpMatch;
import io.secgroupd.rules.net.PortRange;
import io.secgroupd.rules.net.Protocol;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Protocol and ports as a client writes them, {@code IpProtocol}, {@code FromPort} and {@code ToPort}. For ICMP the two numbers
 * are type and code; for protocols that have neither ports nor types they mean nothing, and AWS drops them.
 */
record ServiceTerms(Protocol protocol, PortRange ports, IcmpMatch icmp) {

    private static final int ANY = -1;
    private static final int MAX_ICMP = 255;

    /**
     * Reads the terms.
     *
     * @throws AwsRefusal with the code and the text of AWS when they do not fit together
     */
    static ServiceTerms read(Parameters request) {
        Protocol protocol = protocol(request.text("IpProtocol"));
        OptionalInt from = request.integer("FromPort");
        OptionalInt to = request.integer("ToPort");
        if (protocol.hasPorts()) {
            return new ServiceTerms(protocol, ports(from, to), IcmpMatch.ANY);
        }
        IcmpMatch icmp = protocol.hasIcmpTypes() ? icmp(protocol, from, to) : IcmpMatch.ANY;
        return new ServiceTerms(protocol, PortRange.ALL, icmp);
    }

    private static Protocol protocol(Optional<String> text) {
        String word = text.orElseThrow(() -> refusal(
                "Invalid value 'null' for protocol. " + "VPC security group rules must specify protocols explicitly."));
        return Protocol.parse(word)
                .orElseThrow(() -> refusal("Invalid value '" + word + "' for IP protocol. Unknown protocol."));
    }

    private static PortRange ports(OptionalInt from, OptionalInt to) {
        if (from.isEmpty() || to.isEmpty()) {
            throw refusal("Invalid value for portRange. Must specify both from and to ports with TCP/UDP.");
        }
        requirePort(from.getAsInt());
        requirePort(to.getAsInt());
        if (from.getAsInt() > to.getAsInt()) {
            throw refusal("Invalid TCP/UDP port range (" + from.getAsInt() + ":" + to.getAsInt() + ")");
        }
        return new PortRange(from.getAsInt(), to.getAsInt());
    }

    /** -1 is refused too: who wants all ports says 0 to 65535, and a mistake does not open everything. */
    private static void requirePort(int port) {
        if (port < 0) {
            throw new AwsRefusal(
                    AwsError.of("InvalidPermission.Malformed", "TCP/UDP port (" + port + ") out of range"));
        }
        if (port > PortRange.MAX_PORT) {
            throw refusal("TCP/UDP port (" + port + ") out of range");
        }
    }

    /** ICMP needs both numbers; of ICMPv6 both may be left out, and then every message is meant. */
    private static IcmpMatch icmp(Protocol protocol, OptionalInt type, OptionalInt code) {
        if (type.isEmpty() && code.isEmpty() && protocol.equals(Protocol.ICMPV6)) {
            return IcmpMatch.ANY;
        }
        if (type.isEmpty() || code.isEmpty()) {
            throw refusal("Invalid value for portRange. Must specify both from and to ports with ICMP.");
        }
        requireIcmp("type", type.getAsInt());
        requireIcmp("code", code.getAsInt());
        if (type.getAsInt() == ANY && code.getAsInt() != ANY) {
            throw refusal("ICMP code (" + code.getAsInt() + ") needs a type, and not -1");
        }
        return new IcmpMatch(type.getAsInt(), code.getAsInt());
    }

    private static void requireIcmp(String what, int number) {
        if (number < ANY || number > MAX_ICMP) {
            throw refusal("ICMP " + what + " (" + number + ") out of range");
        }
    }

    private static AwsRefusal refusal(String message) {
        return new AwsRefusal(AwsError.invalid(message));
    }
}
