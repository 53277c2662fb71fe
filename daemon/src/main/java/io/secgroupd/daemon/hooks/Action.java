package io.secgroupd.daemon.hooks;

/** What happens to a packet that meets all conditions of a step, in the syntax of both backends. */
sealed interface Action {

    String iptables();

    String nft();

    /** The part that an operator can set, in words that every nft prints alike. It becomes part of a comment. */
    default String detail() {
        return "";
    }

    /** The verdicts that the kernel gives without user space. */
    enum KernelVerdict implements Action {
        /**
         * Ends only our chain: RETURN hands the packet back to the host's own rules of the mangle table, and nft's accept
         * ends only the base chain that contains it. The host's own later rules thus still decide.
         */
        LEAVE("-j RETURN", "accept", ""),
        /** Does the same as {@link #LEAVE}, and counts the packets. */
        LEAVE_COUNTED("-j RETURN", "counter accept", " (left)"),
        DROP("-j DROP", "counter drop", "");

        private final String iptables;
        private final String nft;
        private final String detail;

        KernelVerdict(String iptables, String nft, String detail) {
            this.iptables = iptables;
            this.nft = nft;
            this.detail = detail;
        }

        @Override
        public String iptables() {
            return iptables;
        }

        @Override
        public String nft() {
            return nft;
        }

        @Override
        public String detail() {
            return detail;
        }
    }

    /**
     * Hands the packet to user space.
     *
     * @param first the number of the first queue
     * @param last the number of the last queue; if it differs from the first, the kernel spreads packets by address pair
     * @param bypass whether to accept packets while no program has bound the queue
     */
    record Queue(int first, int last, boolean bypass) implements Action {
        @Override
        public String iptables() {
            String option = first == last ? "--queue-num " + first : "--queue-balance " + first + ":" + last;
            return "-j NFQUEUE " + option + (bypass ? " --queue-bypass" : "");
        }

        @Override
        public String nft() {
            return "counter queue num " + numbers() + (bypass ? " bypass" : "");
        }

        @Override
        public String detail() {
            return " (queue " + numbers() + (bypass ? ", open without a listener)" : ")");
        }

        private String numbers() {
            return first == last ? String.valueOf(first) : first + "-" + last;
        }
    }
}
