package io.secgroupd.controlplane.store.etcd;

/** The names of all keys, after the prefix. */
final class Keys {

    static final String HEAD = "head";
    static final String SWEPT = "swept";
    static final String REVISIONS = "revision/";
    static final String PIECES = "piece/";

    private Keys() {}

    /** With as many digits as the greatest serial has, so that the order of keys is that of revisions. */
    static String revision(long serial) {
        String digits = Long.toString(serial);
        return REVISIONS + "0".repeat(20 - digits.length()) + digits;
    }

    static String piece(String sha256) {
        return PIECES + sha256;
    }
}
