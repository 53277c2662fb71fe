package io.secgroupd.daemon.e2e;

import java.util.List;

/** A host whose administrator chose the legacy variant of iptables. */
final class LegacyIptables {

    /** A wrapper that shows its children the legacy programs under the usual names, and nobody else. */
    static final List<String> FOR_THE_CHILDREN = List.of(
            "unshare",
            "--mount",
            "sh",
            "-c",
            "mount --bind $(command -v xtables-legacy-multi) $(readlink -f $(command -v xtables-nft-multi)) && exec \"$@\"",
            "sh");

    private LegacyIptables() {}
}
