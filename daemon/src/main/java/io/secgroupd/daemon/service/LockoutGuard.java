package io.secgroupd.daemon.service;

import io.secgroupd.rules.decide.Decision;
import io.secgroupd.rules.decide.PacketFilter;
import io.secgroupd.rules.net.AddressSyntaxException;
import io.secgroupd.rules.net.AddressText;
import io.secgroupd.rules.net.FlowTuple;
import io.secgroupd.rules.net.Hook;
import io.secgroupd.rules.net.IpAddress;
import io.secgroupd.rules.net.PortRange;
import io.secgroupd.rules.text.Quote;
import java.util.Optional;

/** Keeps operators from locking themselves out: the policy must allow their next connection. */
public final class LockoutGuard {

    private static final int TCP = 6;

    private LockoutGuard() {}

    /**
     * Returns the reason why a policy should not come into force.
     *
     * @param caller the operator's own connection, as {@code SOURCE,DESTINATION,PORT}
     */
    static Optional<String> objection(String caller, PacketFilter policy) {
        String[] parts = caller.split(",", -1);
        try {
            IpAddress source = AddressText.parseAddress(withoutZone(parts[0]));
            IpAddress here = AddressText.parseAddress(withoutZone(parts[1]));
            int port = Integer.parseInt(parts[2]);
            Decision decision = policy.judge(Hook.INPUT, FlowTuple.ofPorts(source, here, TCP, port));
            return decision.accepted()
                    ? Optional.empty()
                    : Optional.of("it would lock you out: tcp " + source + " -> " + here + " port " + port
                            + " is rejected; allow it, or use --force");
        } catch (AddressSyntaxException | IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
            return Optional.of(
                    Quote.of(caller) + " is not SOURCE,DESTINATION,PORT; use --force to apply without looking");
        }
    }

    /** Removes the interface that sshd adds to a link-local address, as in {@code fe80::1%eth0}: rules know none. */
    private static String withoutZone(String address) {
        return address.split("%", 2)[0];
    }

    /** Reads the caller's connection from SSH_CONNECTION: {@code source sport destination port}. */
    public static Optional<String> caller(String sshConnection) {
        String[] parts = sshConnection.strip().split(" ");
        boolean whole =
                parts.length == 4 && parts[3].matches("[0-9]{1,5}") && Integer.parseInt(parts[3]) <= PortRange.MAX_PORT;
        return whole ? Optional.of(parts[0] + "," + parts[2] + "," + parts[3]) : Optional.empty();
    }
}
