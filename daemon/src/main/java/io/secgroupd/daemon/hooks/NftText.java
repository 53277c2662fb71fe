package io.secgroupd.daemon.hooks;

import java.util.stream.Collectors;

/** Makes texts for {@code nft -f -}. Each is one transaction. */
final class NftText {

    static final String TABLE = "inet secgroupd";
    static final String REFERENCE_TABLE = "inet secgroupd-reference";
    static final int PRIORITY = -160;

    private NftText() {}

    /**
     * Replaces the table in one transaction. Adding it first makes the deletion succeed when there is none.
     *
     * <p>The priority comes after connection tracking (-200), whose state the rules need, and before every chain of the host
     * itself (mangle is -150). As with the iptables backend, OUTPUT is judged before an address translation and INPUT after
     * one, so a rule names the address that the instance knows.
     */
    static String install(Skeleton skeleton) {
        return "add table " + TABLE + "\ndelete table " + TABLE + "\ntable " + TABLE + " {\n"
                + skeleton.chains().stream().map(NftText::chain).collect(Collectors.joining("\n"))
                + "}\n";
    }

    static String remove() {
        return "add table " + TABLE + "\ndelete table " + TABLE + "\n";
    }

    /**
     * Returns the same rules in chains without hooks, where no packet meets them: removing a hook would drop every packet
     * that waits in any program's queue.
     */
    static String reference(Skeleton skeleton) {
        return "add table " + REFERENCE_TABLE + "\ndelete table " + REFERENCE_TABLE + "\ntable " + REFERENCE_TABLE
                + " {\n"
                + skeleton.chains().stream()
                        .map(chain -> "  chain " + chain.hook().word() + " {\n" + rules(chain) + "  }\n")
                        .collect(Collectors.joining())
                + "}\n";
    }

    static String removeReference() {
        return "delete table " + REFERENCE_TABLE + "\n";
    }

    /**
     * Checks whether the kernel knows the {@code queue} statement. The chain has no hook, because removing a hook would drop
     * every packet that waits in any program's queue.
     */
    static String trial() {
        return "table inet secgroupd-trial {\n  chain trial {\n    queue num 0\n  }\n}\n";
    }

    private static String chain(Skeleton.Chain chain) {
        String hook = chain.hook().word();
        return "  chain " + hook + " {\n    type filter hook " + hook + " priority mangle - 10; policy accept;\n"
                + rules(chain) + "  }\n";
    }

    private static String rules(Skeleton.Chain chain) {
        return chain.steps().stream().map(step -> "    " + step.nft() + "\n").collect(Collectors.joining());
    }
}
