package io.secgroupd.daemon.hooks;

import io.secgroupd.daemon.hooks.Hooks.HookCount;
import io.secgroupd.rules.net.Hook;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Keeps the skeleton in a table of its own. */
final class NftTool implements SkeletonTool {

    private final CommandRunner runner;
    private final KnownListing ours;
    private @Nullable Reference reference;

    /** What this host's nft prints of the rules of a skeleton. */
    private record Reference(Skeleton skeleton, String listing) {}

    NftTool(CommandRunner runner) {
        this.runner = runner;
        this.ours = new KnownListing(runner);
    }

    static String print(Skeleton skeleton) {
        return NftText.install(skeleton);
    }

    /**
     * The kernel answers by a transaction that nft builds and withdraws, so a killed daemon leaves nothing behind. A kernel that
     * already holds our table need not be asked.
     */
    @Override
    public Optional<String> obstacle() {
        if (isToldToStand() && runner.find("nft").isPresent()) {
            return Optional.empty();
        }
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
        String listing = listOurs();
        List<String> differences = NftCheck.differences(listing, reference(skeleton), skeleton);
        if (!differences.isEmpty()) {
            // Another version of nft, which prints our rules in other words, may have been installed meanwhile.
            forgetReference();
            differences = NftCheck.differences(listing, reference(skeleton), skeleton);
        }
        return differences;
    }

    private synchronized void forgetReference() {
        reference = null;
    }

    /** The reference is made only once, since every change of the host's tables is an event for all who watch them. */
    private synchronized String reference(Skeleton skeleton) throws HooksException {
        Reference known = reference;
        if (known == null || !known.skeleton().equals(skeleton)) {
            load(NftText.reference(skeleton));
            try {
                known = new Reference(skeleton, list(NftText.REFERENCE_TABLE));
            } finally {
                load(NftText.removeReference());
            }
            reference = known;
        }
        return known.listing();
    }

    @Override
    public List<HookCount> counts(Skeleton skeleton) throws HooksException {
        String listing = isInstalled() ? list(NftText.TABLE) : "";
        List<HookCount> counts = new ArrayList<>();
        for (Skeleton.Chain chain : skeleton.chains()) {
            for (CountedStep step : chain.counted()) {
                counts.add(new HookCount(chain.hook(), step, NftCounts.packets(listing, chain.hook(), step)));
            }
        }
        return counts;
    }

    /**
     * Checks first, because without a table no transaction is needed. Also removes the reference table, which a process that
     * was killed during a comparison leaves behind.
     */
    @Override
    public void remove() throws HooksException {
        if (isInstalled()) {
            load(NftText.remove());
        }
        if (exists(NftText.REFERENCE_TABLE)) {
            load(NftText.removeReference());
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

    @Override
    public void look() throws HooksException {
        if (isToldToStand()) {
            listOurs();
        }
    }

    private String listOurs() throws HooksException {
        return ours.current(() -> list(NftText.TABLE), listing -> true);
    }

    /** Lists a table with priorities as numbers, because their names differ between versions. */
    private String list(String table) throws HooksException {
        String[] words = table.split(" ", -1);
        return runner.run("nft", "-y", "list", "table", words[0], words[1]).outputOrThrow();
    }

    private boolean isToldToStand() {
        return runner.tables().filter(tables -> tables.has(NftText.TABLE)).isPresent();
    }

    private boolean isInstalled() throws HooksException {
        return exists(NftText.TABLE);
    }

    private boolean exists(String table) throws HooksException {
        Optional<KernelTables> known = runner.tables();
        if (known.isPresent()) {
            return known.get().has(table);
        }
        return runner.run("nft", "list", "tables").outputOrThrow().lines().anyMatch(("table " + table)::equals);
    }

    private void load(String text) throws HooksException {
        runner.runWithInput(text, "nft", "-f", "-").outputOrThrow();
    }

    /** Reads the kernel's counts from a listing of our nft table. */
    static final class NftCounts {

        private static final Pattern CHAIN = Pattern.compile("chain (\\S+) \\{");
        private static final Pattern RULE =
                Pattern.compile("(?:.* )?counter packets (\\d+) bytes \\d+ .*comment \"([^\"]*)\"");

        private NftCounts() {}

        /** Returns how many packets this step of the hook's chain took; 0 when the step is missing. */
        static long packets(String listing, Hook hook, CountedStep counted) {
            String chain = "";
            long packets = 0;
            for (String line : listing.lines().map(String::strip).toList()) {
                Matcher begin = CHAIN.matcher(line);
                Matcher rule = RULE.matcher(line);
                if (begin.matches()) {
                    chain = begin.group(1);
                } else if (rule.matches()
                        && chain.equals(hook.word())
                        && rule.group(2).startsWith(counted.why())) {
                    packets += Long.parseLong(rule.group(1));
                }
            }
            return packets;
        }
    }
}
