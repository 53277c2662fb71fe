package io.secgroupd.daemon.hooks;

import io.secgroupd.daemon.terms.Backend;
import io.secgroupd.rules.net.Hook;
import java.util.List;
import java.util.Optional;

/**
 * The netfilter skeleton of the calling thread's network namespace. Installing, checking and removing need CAP_NET_ADMIN
 * (the legacy variant of iptables also CAP_NET_RAW); printing needs nothing.
 */
public final class Hooks {

    /** The mark of a packet that user space has accepted. Marks set by hand are small, so the high half is free. */
    public static final int PASSED_MARK = 0x5ec7_0000;

    /** Only a packet that has none of these bits can be given the mark and have it removed again. */
    public static final int PASSED_MASK = 0xffff_0000;

    private final NftTool nft;
    private final IptablesTool iptables;

    public Hooks(CommandRunner runner) {
        this(runner, new IptablesTool(runner));
    }

    Hooks(CommandRunner runner, IptablesTool iptables) {
        this.nft = new NftTool(runner);
        this.iptables = iptables;
    }

    /**
     * The backend that holds the skeleton.
     *
     * @param backend the backend in use, never {@link Backend#AUTO}
     * @param version the tool's own name and version, such as {@code iptables v1.8.9 (nf_tables)}
     */
    public record Installed(Backend backend, String version) {

        /**
         * Reports whether the kernel announces changes to the skeleton, as it does for everything in nf_tables, whichever
         * tool made it.
         */
        boolean changesAreTold() {
            return backend == Backend.NFT || version.contains("nf_tables");
        }
    }

    /**
     * Returns the skeleton as it would be installed on a host that has none, to be read or loaded by hand.
     *
     * @throws IllegalArgumentException for {@link Backend#AUTO}, because its meaning depends on the kernel
     */
    public static String print(Backend backend, SkeletonSettings settings) {
        Skeleton skeleton = Skeleton.of(settings);
        return switch (backend) {
            case NFT -> NftTool.print(skeleton);
            case IPTABLES -> IptablesTool.print(skeleton);
            case AUTO -> throw new IllegalArgumentException("choose which backend to print: nft or iptables");
        };
    }

    /**
     * Installs the skeleton in both families, or in none. A skeleton already in place is left as it is: packets may wait
     * behind it, and the kernel's counts go on. A skeleton that an earlier run left in another backend or variant is removed
     * after the new one is in place, since every packet would be judged twice.
     */
    public Installed install(Backend wanted, SkeletonSettings settings) throws HooksException {
        return install(plan(wanted), settings);
    }

    /** Installs as planned; see {@link #install(Backend, SkeletonSettings)}. */
    public Installed install(Plan plan, SkeletonSettings settings) throws HooksException {
        tool(plan.installed.backend()).install(Skeleton.of(settings));
        for (SkeletonTool leftover : plan.leftovers) {
            leftover.remove();
        }
        return plan.installed;
    }

    /** The backend that an installation will use, and the leftovers that it will remove. */
    public static final class Plan {

        private final Installed installed;
        private final List<SkeletonTool> leftovers;

        private Plan(Installed installed, List<SkeletonTool> leftovers) {
            this.installed = installed;
            this.leftovers = leftovers;
        }
    }

    /**
     * Examines this host and changes nothing, so that a starting daemon can do this while it reads its rules. What it has listed
     * is not listed again by the installation, unless the kernel says that a table has changed since.
     */
    public Plan plan(Backend wanted) throws HooksException {
        Backend chosen = choose(wanted);
        var installed = new Installed(chosen, tool(chosen).version());
        List<SkeletonTool> others =
                chosen == Backend.NFT ? List.of(iptables) : List.of(nft, iptables.otherVariant(installed.version()));
        tool(chosen).look();
        return new Plan(
                installed, others.stream().filter(SkeletonTool::holdsAnything).toList());
    }

    /** Restores a damaged skeleton without a plan, to save time: the host is open. */
    void restore(Installed installed, SkeletonSettings settings) throws HooksException {
        tool(installed.backend()).install(Skeleton.of(settings));
    }

    /** The kernel's counts, for every hook that is on and every counted step. */
    public List<HookCount> counts(Backend wanted, SkeletonSettings settings) throws HooksException {
        return tool(choose(wanted)).counts(Skeleton.of(settings));
    }

    /** Returns one sentence for every difference between the kernel's tables and the skeleton; none when all is in place. */
    public List<String> check(Backend wanted, SkeletonSettings settings) throws HooksException {
        return tool(choose(wanted)).check(Skeleton.of(settings));
    }

    /**
     * Reports whether rules of the host's own come after ours in the same chain, so that an accept by user space would let a
     * packet skip them. The answer dates from the last reading of the tables. The nft table contains only our own rules.
     */
    public boolean othersFollow() {
        return iptables.othersFollow();
    }

    /** The backend whose tables now hold anything of ours. Without CAP_NET_ADMIN nothing can be seen. */
    public Optional<Backend> standing() {
        if (nft.holdsAnything()) {
            return Optional.of(Backend.NFT);
        }
        return iptables.holdsAnything() ? Optional.of(Backend.IPTABLES) : Optional.empty();
    }

    /** Removes the skeleton, if there is one; with {@link Backend#AUTO} from whichever backend has it. */
    public void remove(Backend wanted) throws HooksException {
        if (wanted != Backend.AUTO) {
            tool(wanted).remove();
            return;
        }
        removeFrom(nft);
        removeFrom(iptables);
    }

    /** The backend that {@code wanted} means here: {@link Backend#AUTO} is nft if its trial succeeds, else iptables. */
    public Backend choose(Backend wanted) throws HooksException {
        if (wanted != Backend.AUTO) {
            return wanted;
        }
        Optional<String> noNft = nft.obstacle();
        if (noNft.isEmpty()) {
            return Backend.NFT;
        }
        Optional<String> noIptables = iptables.obstacle();
        if (noIptables.isEmpty()) {
            return Backend.IPTABLES;
        }
        throw new HooksException(
                "neither nft nor iptables can queue packets here: " + noNft.get() + "; " + noIptables.get());
    }

    private static void removeFrom(SkeletonTool tool) throws HooksException {
        if (tool.holdsAnything()) {
            tool.remove();
        }
    }

    private SkeletonTool tool(Backend backend) {
        return backend == Backend.NFT ? nft : iptables;
    }

    /**
     * The kernel's count of one step, both families together.
     *
     * @param packets the number of packets since the skeleton was installed or restored; it survives the daemon
     */
    public record HookCount(Hook hook, CountedStep step, long packets) {}
}
