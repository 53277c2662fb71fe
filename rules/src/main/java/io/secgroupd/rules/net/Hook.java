package io.secgroupd.rules.net;

import java.util.Locale;

/**
 * Where a packet passes the host that judges it: the netfilter hooks for packets that come in, go out, or are routed.
 */
public enum Hook {
    INPUT,
    OUTPUT,
    FORWARD;

    /** The name as nft spells it, and as messages say it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The hook that the opening packet passed, when a packet at this hook belongs to a connection that its receiver
     * opened.
     */
    public Hook opposite() {
        return switch (this) {
            case INPUT -> OUTPUT;
            case OUTPUT -> INPUT;
            case FORWARD -> FORWARD;
        };
    }

    /**
     * The direction of the half that this host is certain to judge; for routed packets, the half that is judged last.
     */
    public Direction near() {
        return this == OUTPUT ? Direction.EGRESS : Direction.INGRESS;
    }
}
