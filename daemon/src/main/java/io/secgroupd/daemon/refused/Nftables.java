package io.secgroupd.daemon.refused;

/** Numbers of linux/netfilter/nf_tables.h and linux/netfilter/nfnetlink.h. */
final class Nftables {

    static final int SUBSYSTEM = 10;

    /** The messages around those of one transaction. */
    static final int BATCH_BEGIN = 16;

    static final int BATCH_END = 17;

    static final int NEW_TABLE = SUBSYSTEM << 8;
    static final int NEW_CHAIN = SUBSYSTEM << 8 | 3;
    static final int GET_CHAIN = SUBSYSTEM << 8 | 4;
    static final int NEW_RULE = SUBSYSTEM << 8 | 6;
    static final int DELETE_RULE = SUBSYSTEM << 8 | 8;
    static final int NEW_SET = SUBSYSTEM << 8 | 9;
    static final int DELETE_SET = SUBSYSTEM << 8 | 11;
    static final int NEW_ELEMENT = SUBSYSTEM << 8 | 12;
    static final int GET_ELEMENT = SUBSYSTEM << 8 | 13;

    /** The families of tables: all of them, in a question; and the one for IPv4 and IPv6 together. */
    static final int UNSPECIFIED = 0;

    static final int INET = 1;

    /** The families of packets, as a rule sees them. */
    static final int IPV4 = 2;

    static final int IPV6 = 10;

    /** Attributes of a table. The kernel removes a table with an owner as soon as the owner's socket is closed. */
    static final int TABLE_NAME = 1;

    static final int TABLE_FLAGS = 2;
    static final int OWNED = 2;

    /** Attributes of a chain, and of its hook. */
    static final int CHAIN_TABLE = 1;

    static final int CHAIN_NAME = 3;
    static final int CHAIN_HOOK = 4;
    static final int CHAIN_TYPE = 7;
    static final int HOOK_NUMBER = 1;
    static final int HOOK_PRIORITY = 2;
    static final int PREROUTING = 0;

    /** Attributes of a rule, of a list, and of an expression. */
    static final int RULE_TABLE = 1;

    static final int RULE_CHAIN = 2;
    static final int RULE_EXPRESSIONS = 4;
    static final int LIST_ITEM = 1;
    static final int EXPRESSION_NAME = 1;
    static final int EXPRESSION_DATA = 2;

    /** Attributes of a set. Its id is a number within the transaction that makes it. */
    static final int SET_TABLE = 1;

    static final int SET_NAME = 2;
    static final int SET_FLAGS = 3;
    static final int SET_KEY_TYPE = 4;
    static final int SET_KEY_BYTES = 5;
    static final int SET_DESCRIPTION = 9;
    static final int SET_ID = 10;
    static final int SET_TIMEOUT = 11;
    static final int SET_EXPRESSION = 17;
    static final int DESCRIPTION_SIZE = 1;
    static final int WITH_TIMEOUTS = 0x10;

    /** Attributes of elements. */
    static final int ELEMENTS_TABLE = 1;

    static final int ELEMENTS_SET = 2;
    static final int ELEMENTS = 3;
    static final int ELEMENT_KEY = 1;
    static final int ELEMENT_EXPRESSION = 7;
    static final int DATA_VALUE = 1;
    static final int DATA_VERDICT = 2;
    static final int VERDICT_CODE = 1;

    /** Attributes of a counter. */
    static final int COUNTER_BYTES = 1;

    static final int COUNTER_PACKETS = 2;

    private Nftables() {}
}
