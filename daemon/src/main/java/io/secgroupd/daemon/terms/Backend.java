package io.secgroupd.daemon.terms;

/** The host's tool that holds the skeleton. */
public enum Backend {
    /** nft when the kernel has its {@code queue} statement, otherwise iptables. */
    AUTO,
    /** A separate table {@code inet secgroupd}. */
    NFT,
    /** Separate chains in the mangle tables of both families. */
    IPTABLES
}
