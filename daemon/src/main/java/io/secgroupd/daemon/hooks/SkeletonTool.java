package io.secgroupd.daemon.hooks;

import io.secgroupd.daemon.hooks.Hooks.HookCount;
import java.util.List;
import java.util.Optional;

/** A tool of the host that can install the skeleton. */
sealed interface SkeletonTool permits IptablesTool, NftTool {

    /** Returns the reason why the tool cannot install the skeleton here; empty when it can. */
    Optional<String> obstacle();

    /** Looks at what is there now, where the kernel tells whether that still holds when it is installed. */
    void look() throws HooksException;

    /** Installs the skeleton as a whole, or throws and leaves the earlier state. */
    void install(Skeleton skeleton) throws HooksException;

    /** Returns one sentence for every difference between the kernel's tables and the skeleton. */
    List<String> check(Skeleton skeleton) throws HooksException;

    /** Reports whether anything of ours is there. A tool that is missing or does not work here holds nothing. */
    boolean holdsAnything();

    /** The kernel's counts for every hook and counted step of this skeleton. */
    List<HookCount> counts(Skeleton skeleton) throws HooksException;

    /** Removes everything of ours; does nothing when there is nothing. */
    void remove() throws HooksException;

    /** The tool with version and variant, such as {@code iptables v1.8.9 (nf_tables)}. */
    String version() throws HooksException;
}
