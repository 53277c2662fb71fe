package io.secgroupd.daemon.hooks;

import java.util.List;
import java.util.Optional;

/** A tool of the host that can carry the skeleton. */
sealed interface SkeletonTool permits IptablesTool, NftTool {

    /** Empty when the tool can carry the skeleton here, otherwise why not. */
    Optional<String> obstacle();

    /** Puts the skeleton in place as a whole, or throws and leaves what stood there before. */
    void install(Skeleton skeleton) throws HooksException;

    /** One sentence for every difference between what stands in the kernel and what should. */
    List<String> check(Skeleton skeleton) throws HooksException;

    /** Reports whether anything of ours is there. A tool that is missing or does not work here holds nothing. */
    boolean holdsAnything();

    /** The kernel's counts of this skeleton, every hook and step that it has. */
    List<HookCount> counts(Skeleton skeleton) throws HooksException;

    /** Takes away everything of ours; fine when there is nothing. */
    void remove() throws HooksException;

    /** The tool with version and variant, such as {@code iptables v1.8.9 (nf_tables)}. */
    String version() throws HooksException;
}
