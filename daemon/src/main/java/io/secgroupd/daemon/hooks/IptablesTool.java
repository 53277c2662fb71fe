package io.secgroupd.daemon.hooks;

import io.secgroupd.daemon.hooks.Hooks.HookCount;
import io.secgroupd.rules.net.Family;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Keeps the skeleton in the mangle tables of both families. */
final class IptablesTool implements SkeletonTool {

    private final CommandRunner runner;
    private final String variant;
    private volatile boolean othersFollow4;
    private volatile boolean othersFollow6;
    /** Whether the tables that were listed last belong to the nft variant, by family. */
    private final Map<Family, Boolean> inNfTables = new ConcurrentHashMap<>();

    private final Map<Family, KnownListing> known = new EnumMap<>(Family.class);

    /** Uses the variant, nft or legacy, that the host has chosen. */
    IptablesTool(CommandRunner runner) {
        this(runner, "");
    }

    /** @param variant the part of the programs' names after {@code iptables}: {@code -nft}, {@code -legacy} or nothing */
    IptablesTool(CommandRunner runner, String variant) {
        this.runner = runner;
        this.variant = variant;
        List.of(Family.values()).forEach(family -> known.put(family, new KnownListing(runner)));
    }

    static String print(Skeleton skeleton) {
        return "# IPv4, for iptables-restore --noflush\n"
                + IptablesText.install(IptablesListing.EMPTY, skeleton, Family.IPV4)
                + "# IPv6, for ip6tables-restore --noflush\n"
                + IptablesText.install(IptablesListing.EMPTY, skeleton, Family.IPV6);
    }

    @Override
    public Optional<String> obstacle() {
        try {
            list(Family.IPV4);
            list(Family.IPV6);
            return Optional.empty();
        } catch (HooksException e) {
            return Optional.ofNullable(e.getMessage());
        }
    }

    @Override
    public void look() throws HooksException {
        if (runner.tables().isPresent()) {
            list(Family.IPV4);
            list(Family.IPV6);
        }
    }

    @Override
    public void install(Skeleton skeleton) throws HooksException {
        IptablesListing before4 = list(Family.IPV4);
        IptablesListing before6 = list(Family.IPV6);
        bring(Family.IPV4, before4, skeleton);
        try {
            bring(Family.IPV6, before6, skeleton);
        } catch (HooksException e) {
            // One family open while the other is closed would be worse than a daemon that does not start.
            rollBack(before4, e);
            throw e;
        }
    }

    private void rollBack(IptablesListing before4, HooksException why) throws HooksException {
        try {
            restore(Family.IPV4, IptablesText.rollBack(before4, list(Family.IPV4)));
        } catch (HooksException e) {
            throw new HooksException(
                    why.getMessage() + "; and IPv4 could not be put back as it was: " + e.getMessage(), why);
        }
    }

    /** Leaves alone what is already in place, because a restart keeps it. */
    private void bring(Family family, IptablesListing before, Skeleton skeleton) throws HooksException {
        if (!IptablesCheck.differences(before, skeleton, family).isEmpty()) {
            restore(family, IptablesText.install(before, skeleton, family));
        }
        if (inNfTables.getOrDefault(family, false)) {
            DormantMangle.wake(runner, family);
        }
    }

    @Override
    public List<String> check(Skeleton skeleton) throws HooksException {
        List<String> differences = new ArrayList<>();
        for (Family family : Family.values()) {
            differences.addAll(IptablesCheck.differences(list(family), skeleton, family));
            if (inNfTables.getOrDefault(family, false)) {
                differences.addAll(DormantMangle.differences(runner, family));
            }
        }
        return differences;
    }

    @Override
    public List<HookCount> counts(Skeleton skeleton) throws HooksException {
        String saved4 = save(Family.IPV4, "-c");
        String saved6 = save(Family.IPV6, "-c");
        List<HookCount> counts = new ArrayList<>();
        for (Skeleton.Chain chain : skeleton.chains()) {
            for (CountedStep step : chain.counted()) {
                long packets = IptablesCounts.packets(saved4, chain, step, Family.IPV4)
                        + IptablesCounts.packets(saved6, chain, step, Family.IPV6);
                counts.add(new HookCount(chain.hook(), step, packets));
            }
        }
        return counts;
    }

    @Override
    public boolean holdsAnything() {
        Optional<KernelTables> now = runner.tables();
        for (Family family : Family.values()) {
            try {
                if (mayHold(family, now) && everything(family, now).contains(":SECGROUPD-")) {
                    return true;
                }
            } catch (HooksException e) {
                // The other family may still hold something.
            }
        }
        return false;
    }

    private boolean mayHold(Family family, Optional<KernelTables> now) {
        boolean inNfTables = !variant.equals("-legacy")
                && now.map(tables -> tables.has(DormantMangle.table(family))).orElse(true);
        return inNfTables || (!variant.equals("-nft") && runner.mayHoldLegacy(family));
    }

    /** Lists all existing tables, because naming one would make the legacy variant load it into the kernel. */
    private String everything(Family family, Optional<KernelTables> now) throws HooksException {
        Optional<String> mangle = known(family).ifCurrent(now);
        return mangle.isPresent()
                ? mangle.get()
                : runner.run(program(family, "-save")).outputOrThrow();
    }

    private KnownListing known(Family family) {
        return Objects.requireNonNull(known.get(family), "each family has one");
    }

    @Override
    public void remove() throws HooksException {
        for (Family family : Family.values()) {
            String text = IptablesText.remove(list(family));
            if (!text.isEmpty()) {
                restore(family, text);
            }
        }
    }

    @Override
    public String version() throws HooksException {
        return runner.run(program(Family.IPV4, ""), "--version").outputOrThrow().strip();
    }

    /** The tool of the other variant: both can hold rules at a time, and the host may have switched between runs. */
    IptablesTool otherVariant(String version) {
        return new IptablesTool(runner, version.contains("nf_tables") ? "-legacy" : "-nft");
    }

    private IptablesListing list(Family family) throws HooksException {
        // The variant for nf_tables names itself, and prints nothing at all before there is a table.
        String saved = known(family).current(() -> save(family), text -> text.isEmpty() || isOfNfTables(text));
        inNfTables.put(family, isOfNfTables(saved));
        IptablesListing listing = IptablesListing.parse(saved);
        if (family == Family.IPV4) {
            othersFollow4 = listing.othersFollow();
        } else {
            othersFollow6 = listing.othersFollow();
        }
        return listing;
    }

    /** The answer dates from the last listing of the tables. */
    boolean othersFollow() {
        return othersFollow4 || othersFollow6;
    }

    private String save(Family family, String... options) throws HooksException {
        List<String> arguments = new ArrayList<>(List.of("-t", "mangle"));
        arguments.addAll(List.of(options));
        String saved = runner.run(program(family, "-save"), arguments.toArray(String[]::new))
                .outputOrThrow();
        if (!IptablesListing.isWhole(saved)) {
            throw new HooksException("`" + program(family, "-save") + " -t mangle` printed only a part of the table");
        }
        return saved;
    }

    private static boolean isOfNfTables(String saved) {
        return saved.contains("(nf_tables)");
    }

    /** Waits up to 5 s for the lock that the legacy variant shares with every other user of iptables. */
    private void restore(Family family, String text) throws HooksException {
        runner.runWithInput(text, program(family, "-restore"), "-w", "5", "--noflush")
                .outputOrThrow();
    }

    private String program(Family family, String verb) {
        return (family == Family.IPV4 ? "iptables" : "ip6tables") + variant + verb;
    }

    /** Reads the kernel's counts from the output of {@code iptables-save -c} for one family. */
    static final class IptablesCounts {

        /** Matches {@code [packets:bytes] -A CHAIN rule}. */
        private static final Pattern RULE = Pattern.compile("\\[(\\d+):\\d+] -A (\\S+) (.*)");

        private IptablesCounts() {}

        /** Returns how many packets this step of the chain took; 0 when the step is missing. */
        static long packets(String saved, Skeleton.Chain chain, CountedStep counted, Family family) {
            long packets = 0;
            for (Step step : chain.steps()) {
                if (step.why().equals(counted.why()) && step.families().contains(family)) {
                    packets += step.iptables().stream()
                            .mapToLong(rule -> packets(saved, IptablesText.chainName(chain.hook()), rule))
                            .sum();
                }
            }
            return packets;
        }

        private static long packets(String saved, String chain, String rule) {
            return saved.lines()
                    .map(RULE::matcher)
                    .filter(Matcher::matches)
                    .filter(line -> line.group(2).equals(chain) && IptablesCheck.isSame(line.group(3), rule))
                    .mapToLong(line -> Long.parseLong(line.group(1)))
                    .sum();
        }
    }
}
