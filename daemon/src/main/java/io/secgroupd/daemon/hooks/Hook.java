package io.secgroupd.daemon.hooks;

import java.util.Locale;

/** A place in the kernel's packet path where first packets are taken out. */
public enum Hook {
    INPUT,
    OUTPUT,
    FORWARD;

    /** The name as nft spells it. */
    public String nft() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The name of our own chain in the mangle table, such as {@code SECGROUPD-INPUT}. */
    String chain() {
        return "SECGROUPD-" + name();
    }
}
