package io.secgroupd.daemon.refused;

import io.secgroupd.daemon.netlink.AttributeReader;
import io.secgroupd.daemon.netlink.NetlinkChannel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Tells whether this host may translate the destinations of packets that come in. */
final class Translations implements AutoCloseable {

    private static final byte[] NAT = {'n', 'a', 't', 0};

    /** The tables of iptables-legacy, of which nf_tables knows nothing. */
    private static final List<String> LEGACY = List.of("ip_tables_names", "ip6_tables_names");

    private final NftListing listing;
    private final Path proc;
    private final AttributeReader hook;
    private boolean found;

    private Translations(NftListing listing, Path proc) {
        this.listing = listing;
        this.proc = proc;
        this.hook = listing.reader();
    }

    /** @param proc the directory of the files that name legacy tables, {@code /proc/net} */
    static Translations open(NetlinkChannel.ChannelOpener kernel, Path proc) throws IOException {
        return new Translations(NftListing.open(kernel), proc);
    }

    /** The place in which a key means the same to the kernel and to the daemon. */
    LookupPlace place() throws IOException {
        return legacy() || chains() ? LookupPlace.TRANSLATED : LookupPlace.EARLY;
    }

    /** Only root may read the files; for another user a host that has them may translate. */
    private boolean legacy() {
        return LEGACY.stream().map(proc::resolve).anyMatch(Translations::mayTranslate);
    }

    private static boolean mayTranslate(Path names) {
        try {
            return Files.exists(names) && Files.readAllLines(names).contains("nat");
        } catch (IOException notReadable) {
            return true;
        }
    }

    private boolean chains() throws IOException {
        found = false;
        listing.request(Nftables.GET_CHAIN, Nftables.UNSPECIFIED).end();
        listing.forEach("listing chains that translate", chain -> found |= translates(chain));
        return found;
    }

    private boolean translates(AttributeReader chain) {
        boolean nat = false;
        boolean prerouting = false;
        while (chain.next()) {
            if (chain.type() == Nftables.CHAIN_TYPE) {
                nat = holds(chain, NAT);
            } else if (chain.type() == Nftables.CHAIN_HOOK) {
                chain.nested(hook);
                prerouting = isPrerouting();
            }
        }
        return nat && prerouting;
    }

    private boolean isPrerouting() {
        while (hook.next()) {
            if (hook.type() == Nftables.HOOK_NUMBER) {
                return hook.u32(0) == Nftables.PREROUTING;
            }
        }
        return false;
    }

    private static boolean holds(AttributeReader attribute, byte... text) {
        if (attribute.length() != text.length) {
            return false;
        }
        for (int i = 0; i < text.length; i++) {
            if (attribute.u8(i) != text[i]) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void close() throws IOException {
        listing.close();
    }
}
