package io.secgroupd.daemon.hooks;

import io.secgroupd.daemon.netlink.AttributeReader;
import io.secgroupd.daemon.netlink.NetlinkMonitor;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;

/**
 * Listens for changes in the tables that hold the skeleton. It ignores others: container networks rewrite theirs many times
 * a second, and each check starts processes.
 */
final class TableEvents implements NetlinkMonitor.Listener {

    /** NFNLGRP_NFTABLES is group 7 of linux/netfilter/nfnetlink.h. */
    static final int GROUPS = 1 << 6;

    /** The table's name is attribute 1 of every message of nf_tables except the one about the generation. */
    private static final int TABLE = 1;

    private static final List<byte[]> OURS =
            List.of("secgroupd\0".getBytes(StandardCharsets.US_ASCII), "mangle\0".getBytes(StandardCharsets.US_ASCII));

    private final Runnable changed;
    private final Consumer<Exception> unheard;

    TableEvents(Runnable changed, Consumer<Exception> unheard) {
        this.changed = changed;
        this.unheard = unheard;
    }

    @Override
    public boolean concerns(int type, AttributeReader attributes) {
        if (type == KernelTables.NEW_GENERATION) {
            return false;
        }
        while (attributes.next()) {
            if (attributes.type() == TABLE) {
                return OURS.stream().anyMatch(name -> holds(attributes, name));
            }
        }
        return true; // a message that names no table may be about any table
    }

    private static boolean holds(AttributeReader attribute, byte[] name) {
        if (attribute.length() != name.length) {
            return false;
        }
        for (int i = 0; i < name.length; i++) {
            if (attribute.u8(i) != name[i]) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void changed() {
        changed.run();
    }

    @Override
    public void failed(Exception fault) {
        unheard.accept(fault);
    }
}
