package io.secgroupd.daemon.hooks;

import io.secgroupd.daemon.terms.Backend;
import java.util.List;
import java.util.Optional;

/**
 * The netfilter skeleton of the network namespace that the calling thread is in. Installing, checking and removing need
 * CAP_NET_ADMIN (the legacy variant of iptables also CAP_NET_RAW); printing needs nothing.
 */
public final class Hooks {

    /**
     * The mark of a packet that user space has accepted: marks set by hand are small numbers, so the high half is free.
     */
    public static final int PASSED_MARK = 0x5ec7_0000;

    /** Only a packet that has none of these bits can be given the mark and lose it again. */
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
     * What carries the skeleton now.
     *
     * @param backend never {@link Backend#AUTO}
     * @param version the tool as it names itself, such as {@code iptables v1.8.9 (nf_tables)}
     */
    public record Installed(Backend backend, String version) {

        /**
         * Reports whether the kernel notifies of changes to it, as it does for everything in nf_tables, whichever tool
         * made it.
         */
        boolean changesAreTold() {
            return backend == Backend.NFT || version.contains("nf_tables");
        }
    }

    /**
     * The skeleton as it would be installed on a host that has none, to be read or loaded by hand.
     *
     * @throws IllegalArgumentException for {@link Backend#AUTO}: which backend it means depends on the kernel
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
     * Puts the skeleton in place in both families, or in none. One that stands already is left as it is: packets may wait
     * behind it, and the kernel's counts go on. A skeleton that an earlier run left in another backend or variant goes,
     * after the new one stands: every packet would be judged twice.
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

    /** What an installation will use and clear away. */
    public static final class Plan {

        private final Installed installed;
        private final List<SkeletonTool> leftovers;

        private Plan(Installed installed, List<SkeletonTool> leftovers) {
            this.installed = installed;
            this.leftovers = leftovers;
        }
    }

    /** Looks at this host and changes nothing, so that it can be done while a daemon that starts reads its rules. */
    public Plan plan(Backend wanted) throws HooksException {
        Backend chosen = choose(wanted);
        var installed = new Installed(chosen, tool(chosen).version());
        List<SkeletonTool> others =
                chosen == Backend.NFT ? List.of(iptables) : List.of(nft, iptables.otherVariant(installed.version()));
        return new Plan(
                installed, others.stream().filter(SkeletonTool::holdsAnything).toList());
    }

    /** Puts back one that was found damaged, as fast as that goes: the host is open. */
    void restore(Installed installed, SkeletonSettings settings) throws HooksException {
        tool(installed.backend()).install(Skeleton.of(settings));
    }

    /** What the kernel has counted, for every hook that is on and every counted step. */
    public List<HookCount> counts(Backend wanted, SkeletonSettings settings) throws HooksException {
        return tool(choose(wanted)).counts(Skeleton.of(settings));
    }

    /** One sentence for every difference between what stands in the kernel and what should; none when all is in place. */
    public List<String> check(Backend wanted, SkeletonSettings settings) throws HooksException {
        return tool(choose(wanted)).check(Skeleton.of(settings));
    }

    /**
     * Reports whether rules of the host's own come after ours in the same chain, so that an accept by user space would
     * let a packet skip them. The answer is as of the last look at the tables. The tables of nft contain our own rules
     * only.
     */
    public boolean othersFollow() {
        return iptables.othersFollow();
    }

    /** The backend in whose tables anything of ours is now. Without CAP_NET_ADMIN nothing can be seen. */
    public Optional<Backend> standing() {
        if (nft.holdsAnything()) {
            return Optional.of(Backend.NFT);
        }
        return iptables.holdsAnything() ? Optional.of(Backend.IPTABLES) : Optional.empty();
    }

    /**
     * Removes the skeleton; with {@link Backend#AUTO} from whichever backend has it. Does nothing when there is none.
     */
    public void remove(Backend wanted) throws HooksException {
        if (wanted != Backend.AUTO) {
            tool(wanted).remove();
            return;
        }
        removeFrom(nft);
        removeFrom(iptables);
    }

    /** The backend that {@code wanted} means here: for {@link Backend#AUTO} nft if its trial succeeds, then iptables. */
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
}
