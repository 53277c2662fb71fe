package io.secgroupd.daemon.hooks;

import java.util.List;

/**
 * Takes a packet that user space has accepted to the host's own rules, with the backend iptables. There our jump and those
 * rules are in one base chain of the kernel, which an accept from user space ends, so that a rule that marks the connections
 * of one uplink would never see their first packets. User space therefore has such a packet traverse the base chain again
 * with a special mark, which a rule before the queue recognises and this chain removes. Only root can give a packet a mark,
 * and packets from a wire have none.
 */
final class PassedChain {

    static final String NAME = "SECGROUPD-PASSED";

    static final String WHY = "packets that user space accepted go on to the host's own rules";

    static final String WAY_IN =
            "-m mark --mark " + hex(Hooks.PASSED_MARK) + "/" + hex(Hooks.PASSED_MASK) + " -g " + NAME;

    static final List<String> RULES = List.of("-j MARK --set-xmark 0x0/" + hex(Hooks.PASSED_MASK));

    private PassedChain() {}

    private static String hex(int mark) {
        return "0x" + Integer.toHexString(mark);
    }
}
