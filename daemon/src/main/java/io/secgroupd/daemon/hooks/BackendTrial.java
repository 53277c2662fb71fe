package io.secgroupd.daemon.hooks;

import io.secgroupd.daemon.terms.Backend;
import io.secgroupd.rules.net.Family;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Tries a backend for real, in a network namespace that ends with the command. The host's own rules are neither touched nor
 * read. It works without root wherever users may make namespaces.
 */
public final class BackendTrial {

    private static final List<List<String>> WAYS_IN =
            List.of(List.of("--net"), List.of("--user", "--map-root-user", "--net"));

    private final CommandRunner runner;
    private final List<String> wayIn;

    private BackendTrial(CommandRunner runner, List<String> wayIn) {
        this.runner = runner;
        this.wayIn = wayIn;
    }

    /** Returns a trial; empty when this user cannot make a namespace. */
    public static Optional<BackendTrial> ofThisUser(CommandRunner runner) {
        return WAYS_IN.stream()
                .map(way -> new BackendTrial(runner, way))
                .filter(trial -> trial.inside("", "true").isEmpty())
                .findFirst();
    }

    /** Loads the whole skeleton. Returns the reason if the kernel or the tool refuses it, otherwise empty. */
    public Optional<String> obstacle(Backend backend, SkeletonSettings settings) {
        Skeleton skeleton = Skeleton.of(settings);
        if (backend == Backend.NFT) {
            return inside(NftText.install(skeleton), "nft", "-f", "-");
        }
        return inside(IptablesText.install(IptablesListing.EMPTY, skeleton, Family.IPV4), "iptables-restore")
                .or(() -> inside(
                        IptablesText.install(IptablesListing.EMPTY, skeleton, Family.IPV6), "ip6tables-restore"));
    }

    private Optional<String> inside(String input, String tool, String... arguments) {
        try {
            List<String> command = new ArrayList<>(wayIn);
            // unshare searches only PATH, which may lack sbin.
            command.add(runner.find(tool)
                    .orElseThrow(() -> new HooksException(tool + " is not installed"))
                    .toString());
            command.addAll(List.of(arguments));
            CommandResult result = runner.runWithInput(input, "unshare", command.toArray(String[]::new));
            return result.succeeded() ? Optional.empty() : Optional.of(firstLine(result));
        } catch (HooksException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    /** Returns the complaint alone: nft repeats each line of its input below its complaint about it. */
    private static String firstLine(CommandResult failed) {
        return failed.said().split("; ")[0].replaceFirst("^/dev/stdin:\\S+ (Error: )?", "");
    }
}
