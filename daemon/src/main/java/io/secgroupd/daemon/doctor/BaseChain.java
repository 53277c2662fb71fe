package io.secgroupd.daemon.doctor;

/**
 * A chain that packets meet.
 *
 * @param table    with its family, such as {@code inet firewalld} or {@code ip filter}
 * @param type     such as {@code filter} or {@code nat}
 * @param hook     such as {@code input}
 * @param priority lower ones come first
 * @param drops    whether a packet that none of its rules decides is dropped
 */
record BaseChain(String table, String type, String hook, int priority, boolean drops) {

    /** The name under which both families of one tool's table are known, such as {@code filter}. */
    String tableName() {
        return Ruleset.nameOf(table);
    }

    boolean ofBridgeOrDevice() {
        return table.startsWith("bridge ") || table.startsWith("netdev ") || table.startsWith("arp ");
    }
}
