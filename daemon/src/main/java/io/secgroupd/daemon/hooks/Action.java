package io.secgroupd.daemon.hooks;

/**
 * What happens to a packet that meets all conditions of a step, in the syntax of both backends.
 *
 * @param detail the part that an operator can set, in words that every nft prints alike; it becomes part of a comment
 */
record Action(String iptables, String nft, String detail) {

    /**
     * Ends only our chain: RETURN hands the packet back to the host's own rules of the mangle table, and nft's accept ends
     * only the base chain that contains it. The host's own later rules thus still decide.
     */
    static final Action LEAVE = new Action("-j RETURN", "accept", "");
    /** Does the same as {@link #LEAVE}, and counts the packets. */
    static final Action LEAVE_COUNTED = new Action("-j RETURN", "counter accept", " (left)");

    static final Action DROP = new Action("-j DROP", "counter drop", "");

    /**
     * Hands the packet to user space.
     *
     * @param first the number of the first queue
     * @param last the number of the last queue; if it differs from the first, the kernel spreads packets by address pair
     * @param bypass whether to accept packets while no program has bound the queue
     */
    static Action queue(int first, int last, boolean bypass) {
        String option = first == last ? "--queue-num " + first : "--queue-balance " + first + ":" + last;
        String numbers = first == last ? String.valueOf(first) : first + "-" + last;
        return new Action(
                "-j NFQUEUE " + option + (bypass ? " --queue-bypass" : ""),
                "counter queue num " + numbers + (bypass ? " bypass" : ""),
                " (queue " + numbers + (bypass ? ", open without a listener)" : ")"));
    }
}
