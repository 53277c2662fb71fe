package io.secgroupd.daemon.terms;

import io.secgroupd.rules.net.Hook;

/**
 * Where packets are taken out of the kernel and judged.
 *
 * @param input   what comes to this host
 * @param output  what this host opens
 * @param forward what is routed through this host from or to an address of a carried instance
 */
public record JudgedHooks(boolean input, boolean output, boolean forward) {

    /** The host itself, in both directions. */
    public static final JudgedHooks HOST = new JudgedHooks(true, true, false);

    /** The host itself, and what it routes. */
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
