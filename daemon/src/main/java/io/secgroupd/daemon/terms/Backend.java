package io.secgroupd.daemon.terms;

/** Which tool of the host carries the skeleton. */
public enum Backend {
    /** nft when the kernel has its {@code queue} statement, otherwise iptables. */
    AUTO,
    /** An own table {@code inet secgroupd}. */
    NFT,
    /** Own chains in the mangle tables of both families. */
    IPTABLES
}
