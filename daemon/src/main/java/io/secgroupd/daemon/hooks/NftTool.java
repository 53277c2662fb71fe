package io.secgroupd.daemon.hooks;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The skeleton in a table of its own. */
final class NftTool implements SkeletonTool {

    private final CommandRunner runner;

    NftTool(CommandRunner runner) {
        this.runner = runner;
    }

    static String print(Skeleton skeleton) {
        return NftText.install(skeleton);
    }

    /** The kernel answers by a transaction that nft builds and takes back: nothing is left even if we are killed here. */
    @Override
    public Optional<String> obstacle() {
        try {
            CommandResult trial = runner.runWithInput(NftText.trial(), "nft", "--check", "-f", "-");
            return trial.succeeded()
                    ? Optional.empty()
                    : Optional.of("nft cannot queue on this kernel: " + trial.said());
        } catch (HooksException e) {
            return Optional.ofNullable(e.getMessage());
        }
    }

    @Override
    public void install(Skeleton skeleton) throws HooksException {
        if (!check(skeleton).isEmpty()) {
            load(NftText.install(skeleton));
        }
    }

    @Override
    public List<String> check(Skeleton skeleton) throws HooksException {
        if (!isInstalled()) {
            return List.of("nft: table " + NftText.TABLE + " is missing");
        }
        return NftCheck.differences(list(), skeleton);
    }

    @Override
    public List<HookCount> counts(Skeleton skeleton) throws HooksException {
        String listing = isInstalled() ? list() : "";
        List<HookCount> counts = new ArrayList<>();
        for (Skeleton.Chain chain : skeleton.chains()) {
            for (CountedStep step : chain.counted()) {
                counts.add(new HookCount(chain.hook(), step, NftCounts.packets(listing, chain.hook(), step)));
            }
        }
        return counts;
    }

    /** Asks first: deleting a table, even one made a moment ago, is not worth a transaction when there is none. */
    @Override
    public void remove() throws HooksException {
        if (isInstalled()) {
            load(NftText.remove());
        }
    }

    @Override
    public String version() throws HooksException {
        return runner.run("nft", "--version").outputOrThrow().strip();
    }

    @Override
    public boolean holdsAnything() {
        try {
            return isInstalled();
        } catch (HooksException e) {
            return false;
        }
    }

    private String list() throws HooksException {
        return runner.run("nft", "list", "table", "inet", "secgroupd").outputOrThrow();
    }

    private boolean isInstalled() throws HooksException {
        return runner.run("nft", "list", "tables").outputOrThrow().lines().anyMatch(("table " + NftText.TABLE)::equals);
    }

    private void load(String text) throws HooksException {
        runner.runWithInput(text, "nft", "-f", "-").outputOrThrow();
    }
}
