package io.secgroupd.daemon.terms;

import io.secgroupd.rules.net.Hook;

/**
 * The places where packets are taken out of the kernel and judged.
 *
 * @param input whether packets to this host are judged
 * @param output whether packets that this host sends are judged
 * @param forward whether packets routed through this host from or to an address of a carried instance are judged
 */
public record JudgedHooks(boolean input, boolean output, boolean forward) {

    /** Judges the packets of the host itself, in both directions. */
    public static final JudgedHooks HOST = new JudgedHooks(true, true, false);

    /** Judges the packets of the host itself and those that it routes. */
    public static final JudgedHooks ALL = new JudgedHooks(true, true, true);

    /** Reports whether packets are judged at this hook. */
    public boolean covers(Hook hook) {
        return switch (hook) {
            case INPUT -> input;
            case OUTPUT -> output;
            case FORWARD -> forward;
        };
    }

    /** Reports whether no packet is judged at all. */
    public boolean isEmpty() {
        return !input && !output && !forward;
    }
}
