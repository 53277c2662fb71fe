package io.secgroupd.rules.net;

/**
 * What a rule says about ICMP: a type and a code, where {@link #ANY_VALUE} stands for every one.
 *
 * @param type 0–255, or -1 for any
 * @param code 0–255, or -1 for any; a code needs a type, as in AWS
 */
public record IcmpMatch(int type, int code) {

    public static final int ANY_VALUE = -1;
    public static final IcmpMatch ANY = new IcmpMatch(ANY_VALUE, ANY_VALUE);

    public IcmpMatch {
        if (type < ANY_VALUE || type > 255 || code < ANY_VALUE || code > 255) {
            throw new IllegalArgumentException("icmp type " + type + " code " + code + " is not within 0-255");
        }
        if (type == ANY_VALUE && code != ANY_VALUE) {
            throw new IllegalArgumentException("icmp code " + code + " without a type");
        }
    }

    /** The selectors (see {@link Flow#selector()}) of the messages that match: type and code side by side, 16 bits. */
    public PortRange selectors() {
        if (type == ANY_VALUE) {
            return PortRange.ALL;
        }
        return code == ANY_VALUE ? new PortRange(type << 8, type << 8 | 0xff) : PortRange.of(type << 8 | code);
    }

    /** Written out, for the reason given at {@link IpAddress#equals}. */
    @Override
    public boolean equals(Object other) {
        return other instanceof IcmpMatch that && type == that.type && code == that.code;
    }

    @Override
    public int hashCode() {
        return type << 8 ^ code;
    }

    @Override
    public String toString() {
        if (type == ANY_VALUE) {
            return "any";
        }
        return code == ANY_VALUE ? "type " + type : "type " + type + " code " + code;
    }
}
