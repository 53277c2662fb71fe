package io.secgroupd.daemon.service;

import io.secgroupd.daemon.service.OperatorSessions.Session;
import io.secgroupd.rules.decide.PacketFilter;
import io.secgroupd.rules.net.AddressSyntaxException;
import io.secgroupd.rules.net.AddressText;
import io.secgroupd.rules.net.Hook;
import io.secgroupd.rules.net.PortRange;
import io.secgroupd.rules.text.Quote;
import java.util.NoSuchElementException;
import java.util.Optional;

/** Keeps operators from locking themselves out: the policy must allow their next connection. */
public final class LockoutGuard {

    private LockoutGuard() {}

    /**
     * Returns the reason why a policy should not come into force.
     *
     * @param caller the operator's own connection, as {@code SOURCE,DESTINATION,PORT}
     */
    static Optional<String> objection(String caller, PacketFilter policy) {
        Optional<Session> session = session(caller);
        if (session.isEmpty()) {
            return Optional.of(
                    Quote.of(caller) + " is not SOURCE,DESTINATION,PORT; use --force to apply without looking");
        }
        return policy.judge(Hook.INPUT, session.get().flow()).passes()
                ? Optional.empty()
                : Optional.of("it would lock you out: " + session.get() + " is rejected; allow it, or use --force");
    }

    /** Reads {@code SOURCE,DESTINATION,PORT}; empty when the text is something else. */
    static Optional<Session> session(String caller) {
        String[] parts = caller.split(",", -1);
        try {
            return Optional.of(new Session(
                    AddressText.parseAddress(withoutZone(parts[0])),
                    AddressText.parseAddress(withoutZone(parts[1])),
                    PortRange.parse(parts[2]).orElseThrow().first()));
        } catch (AddressSyntaxException
                | IllegalArgumentException
                | NoSuchElementException
                | ArrayIndexOutOfBoundsException e) {
            return Optional.empty();
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
