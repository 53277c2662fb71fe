package io.secgroupd.rules.net;

/** An address family. The families never mix: {@code 0.0.0.0/0} holds no IPv6 address, {@code ::/0} no IPv4 address. */
public enum Family {
    IPV4(32),
    IPV6(128);

    private final int bits;

    Family(int bits) {
        this.bits = bits;
    }

    /** The length of an address, in bits: also the longest prefix length. */
    public int bits() {
        return bits;
    }
}
