package io.secgroupd.rules.net;

import java.util.Locale;

/** Where a packet meets the host that judges it: the hooks of netfilter by which it comes in, goes out, or is routed. */
public enum Hook {
    INPUT,
    OUTPUT,
    FORWARD;

    /** The name as nft spells it, and as messages say it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The hook that the opening packet met, when a packet at this one belongs to a connection that its receiver opened. */
    public Hook opposite() {
        return switch (this) {
            case INPUT -> OUTPUT;
            case OUTPUT -> INPUT;
            case FORWARD -> FORWARD;
        };
    }

    /** The direction of the half that this host is certain to judge; of what is routed, the one that comes last. */
    public Direction near() {
        return this == OUTPUT ? Direction.EGRESS : Direction.INGRESS;
    }
}
