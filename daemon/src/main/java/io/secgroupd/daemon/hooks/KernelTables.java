package io.secgroupd.daemon.hooks;

import io.secgroupd.daemon.netlink.AttributeReader;
import io.secgroupd.daemon.netlink.MessageReader;
import io.secgroupd.daemon.netlink.MessageWriter;
import io.secgroupd.daemon.netlink.Netlink;
import io.secgroupd.daemon.netlink.NetlinkBuffer;
import io.secgroupd.daemon.netlink.NetlinkChannel;
import io.secgroupd.daemon.netlink.NetlinkException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * The tables of nf_tables in the calling thread's network namespace, as the kernel itself lists them
 * (linux/netfilter/nf_tables.h). No program has to be started for it. The tables of the legacy variant of iptables are not among
 * them.
 *
 * @param generation a number that changes with every change of any table, chain or rule
 * @param flags the flags of each table, by its family and name in nft's words, such as {@code inet secgroupd}
 */
record KernelTables(int generation, Map<String, Integer> flags) {

    private static final int SUBSYSTEM = 10 << 8;
    private static final int NEW_TABLE = SUBSYSTEM;
    private static final int GET_TABLE = SUBSYSTEM | 1;
    /** The kernel sends this as the answer about the generation, and to everybody who listens after each change. */
    static final int NEW_GENERATION = SUBSYSTEM | 15;

    private static final int GET_GENERATION = SUBSYSTEM | 16;

    /** Attributes of a table, and the one of a generation. */
    private static final int NAME = 1;

    private static final int FLAGS = 2;
    private static final int GENERATION_ID = 1;

    /** The flag of a table that is switched off: no packet meets its rules. */
    private static final int DORMANT = 1;

    /** The kernel fills at most 32 KiB at a time. */
    private static final int LISTING_BYTES = 32 << 10;

    private static final int REQUEST_BYTES = 64;

    KernelTables {
        flags = Map.copyOf(flags);
    }

    /** Reports whether there is a table of this family and name. */
    boolean has(String table) {
        return flags.containsKey(table);
    }

    /** Reports whether there is any table of this family. */
    boolean hasAny(String family) {
        return flags.keySet().stream().anyMatch(table -> table.startsWith(family + " "));
    }

    /** Reports whether this table is there and switched off. */
    boolean isDormant(String table) {
        return (flags.getOrDefault(table, 0) & DORMANT) != 0;
    }

    /**
     * Asks the kernel. Needs CAP_NET_ADMIN.
     *
     * @throws IOException when the kernel has no nf_tables or does not list them to this process, or when they changed meanwhile
     */
    static KernelTables read(NetlinkChannel.ChannelOpener kernel) throws IOException {
        try (NetlinkChannel channel = kernel.open(Netlink.NETLINK_NETFILTER, 0)) {
            var question = new TableQuestion(channel);
            // The number comes first: one that is too old only makes somebody look again.
            int generation = question.generation();
            return new KernelTables(generation, question.tables());
        }
    }

    /** A conversation with the kernel about its tables. */
    private static final class TableQuestion {

        private final NetlinkChannel channel;
        private final MessageWriter request = new MessageWriter(new NetlinkBuffer(REQUEST_BYTES));
        private final NetlinkBuffer answer = new NetlinkBuffer(LISTING_BYTES);
        private final MessageReader messages = new MessageReader(answer);
        private final AttributeReader attributes = new AttributeReader(answer);

        TableQuestion(NetlinkChannel channel) {
            this.channel = channel;
        }

        int generation() throws IOException {
            ask(GET_GENERATION, 0);
            read();
            while (messages.next()) {
                requireNoError();
                messages.attributes(attributes);
                while (messages.type() == NEW_GENERATION && attributes.next()) {
                    if (attributes.type() == GENERATION_ID) {
                        return attributes.u32(0);
                    }
                }
            }
            throw new IOException("the kernel does not number the changes of its tables");
        }

        Map<String, Integer> tables() throws IOException {
            ask(GET_TABLE, Netlink.DUMP);
            Map<String, Integer> tables = new HashMap<>();
            while (true) {
                read();
                while (messages.next()) {
                    requireNoError();
                    if (messages.isInterrupted()) {
                        throw new IOException("the tables changed while the kernel listed them");
                    }
                    if (messages.type() == Netlink.DONE) {
                        return tables;
                    }
                    if (messages.type() == NEW_TABLE) {
                        add(tables);
                    }
                }
            }
        }

        private void add(Map<String, Integer> tables) {
            String name = "";
            int flags = 0;
            messages.attributes(attributes);
            while (attributes.next()) {
                if (attributes.type() == NAME) {
                    name = text();
                } else if (attributes.type() == FLAGS) {
                    flags = attributes.u32(0);
                }
            }
            tables.put(family(messages.family()) + " " + name, flags);
        }

        /** The value of the attribute without the zero byte at its end. */
        private String text() {
            var bytes = new byte[Math.max(0, attributes.length() - 1)];
            answer.network().get(attributes.offset(), bytes);
            return new String(bytes, StandardCharsets.UTF_8);
        }

        private void ask(int type, int flags) throws IOException {
            request.clear();
            request.begin(type, Netlink.REQUEST | flags, type, 0, 0).end();
            if (!channel.write(request.buffer(), request.length())) {
                throw new IOException("the kernel has no room for a question about its tables");
            }
        }

        /** The kernel answers within the write and continues a listing within the read, so there is always something to read. */
        private void read() throws IOException {
            int length = channel.read(answer);
            if (length <= 0) {
                throw new IOException("the kernel stopped in the middle of an answer about its tables");
            }
            messages.reset(length);
        }

        private void requireNoError() throws IOException {
            boolean failed =
                    messages.type() == Netlink.ERROR || (messages.type() == Netlink.DONE && messages.errno() != 0);
            if (failed) {
                throw new NetlinkException("listing the tables of nf_tables", messages.errno());
            }
        }

        /** NFPROTO_ numbers of linux/netfilter.h, in nft's words. */
        private static String family(int number) {
            return switch (number) {
                case 1 -> "inet";
                case 2 -> "ip";
                case 3 -> "arp";
                case 5 -> "netdev";
                case 7 -> "bridge";
                case 10 -> "ip6";
                default -> String.valueOf(number);
            };
        }
    }
}
