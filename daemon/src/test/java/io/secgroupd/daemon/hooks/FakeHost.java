package io.secgroupd.daemon.hooks;

import io.secgroupd.rules.net.Family;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** A host whose tools work on tables in memory, and which writes down what they were asked. */
final class FakeHost extends CommandRunner {

    private static final int FAILED = 1;

    private final Map<Family, FakeMangle> nfTables = new EnumMap<>(Family.class);
    private final Map<Family, FakeMangle> legacy = new EnumMap<>(Family.class);
    private final FakeNft nft = new FakeNft();
    private final TreeSet<String> missing = new TreeSet<>();
    private final TreeSet<String> cutOff = new TreeSet<>();
    private final Map<String, String> failing = new TreeMap<>();
    private final Map<String, String> later = new TreeMap<>();
    private final List<String> asked = new ArrayList<>();
    private String chosen = "-nft";
    private boolean breaking;
    private boolean telling;

    FakeHost() {
        super(List.of(), Duration.ofSeconds(1));
        for (Family family : Family.values()) {
            nfTables.put(family, new FakeMangle());
            legacy.put(family, new FakeMangle());
        }
    }

    /** Tools whose name begins so are not there. */
    FakeHost without(String prefix) {
        missing.add(prefix);
        return this;
    }

    /** The host has chosen the legacy variant of iptables. */
    FakeHost withLegacy() {
        chosen = "-legacy";
        return this;
    }

    /** The kernel tells its tables of nf_tables without a tool, as it does to a daemon. */
    FakeHost telling() {
        telling = true;
        return this;
    }

    @Override
    synchronized Optional<KernelTables> tables() {
        if (!telling) {
            return Optional.empty();
        }
        Map<String, Integer> flags = new TreeMap<>();
        List<Object> everything = new ArrayList<>();
        nft.tables().forEach(name -> {
            flags.put(name, 0);
            everything.add(nft.table(name));
        });
        nfTables.forEach((family, mangle) -> {
            if (mangle.isThere()) {
                flags.put(DormantMangle.table(family), mangle.isDormant() ? 1 : 0);
            }
            everything.add(mangle.save(false, "") + mangle.isDormant());
        });
        return Optional.of(new KernelTables(everything.hashCode(), flags));
    }

    @Override
    boolean mayHoldLegacy(Family family) {
        return !legacyMangle(family).rules().isEmpty();
    }

    /** Commands whose words contain these fail and say so. */
    synchronized FakeHost failing(String words, String saying) {
        failing.put(words, saying);
        return this;
    }

    /** The same, but they work once. */
    synchronized FakeHost failingFromTheSecondTime(String words, String saying) {
        later.put(words, saying);
        return this;
    }

    /** The next command ends as nobody has foreseen. */
    synchronized void breakDownOnce() {
        breaking = true;
    }

    /** All tools work again. */
    synchronized void mended() {
        failing.clear();
        cutOff.clear();
    }

    /** Commands whose words contain these print half of what they should, and say nothing of it. */
    synchronized FakeHost cuttingOff(String words) {
        cutOff.add(words);
        return this;
    }

    /** The tables of the variant that the host has chosen. */
    FakeMangle mangle(Family family) {
        return tables(chosen, family);
    }

    FakeMangle legacyMangle(Family family) {
        return tables("-legacy", family);
    }

    private FakeMangle tables(String variant, Family family) {
        return Objects.requireNonNull((variant.equals("-nft") ? nfTables : legacy).get(family));
    }

    FakeNft nft() {
        return nft;
    }

    /** Does something to the tables while no tool is at work. */
    synchronized void damage(Runnable how) {
        how.run();
    }

    /** The commands so far, without their directory. */
    synchronized List<String> asked() {
        return List.copyOf(asked);
    }

    synchronized void forgetAsked() {
        asked.clear();
    }

    @Override
    public Optional<Path> find(String tool) {
        return missing.stream().anyMatch(tool::startsWith)
                ? Optional.empty()
                : Optional.of(Path.of("/usr/sbin").resolve(tool));
    }

    @Override
    synchronized CommandResult execute(List<String> command, String input) {
        String words = String.join(" ", command).replace("/usr/sbin/", "");
        asked.add(words);
        if (breaking) {
            breaking = false;
            throw new IllegalStateException("unforeseen");
        }
        Optional<String> problem = failing.entrySet().stream()
                .filter(entry -> words.contains(entry.getKey()))
                .map(Map.Entry::getValue)
                .findFirst();
        if (problem.isPresent()) {
            return new CommandResult(command, FAILED, "", problem.get());
        }
        later.keySet().stream()
                .filter(words::startsWith)
                .toList()
                .forEach(known -> failing.put(known, later.remove(known)));
        try {
            String output = output(words, input);
            boolean half = cutOff.stream().anyMatch(words::contains);
            return new CommandResult(command, 0, half ? output.substring(0, output.length() / 2) : output, "");
        } catch (IllegalArgumentException e) {
            return new CommandResult(command, FAILED, "", String.valueOf(e.getMessage()));
        }
    }

    private String output(String words, String input) {
        if (words.startsWith("unshare ")) {
            return new FakeHost().inTrial(this, words.replaceFirst("unshare (--\\S+ )*", ""), input);
        }
        return words.startsWith("nft ") ? nft(words.substring(4), input) : iptables(words, input);
    }

    /** In a namespace of its own there is nothing yet, and the kernel can what it can. */
    private String inTrial(FakeHost outside, String words, String input) {
        if (!outside.nft.isAbleToQueue()) {
            nft.cannotQueue();
        }
        return words.equals("true") ? "" : output(words, input);
    }

    private String iptables(String words, String input) {
        Family family = words.startsWith("ip6") ? Family.IPV6 : Family.IPV4;
        String variant = words.contains("-legacy") ? "-legacy" : words.contains("tables-nft") ? "-nft" : chosen;
        FakeMangle mangle = tables(variant, family);
        String version = variant.equals("-nft") ? "v1.8.9 (nf_tables)" : "v1.8.9 (legacy)";
        if (words.endsWith("--version")) {
            return "iptables " + version + "\n";
        }
        if (words.contains("-restore")) {
            mangle.restore(input);
            return "";
        }
        return mangle.save(words.endsWith(" -c"), "iptables-save " + (variant.equals("-nft") ? version : "v1.8.9"));
    }

    private String nft(String words, String input) {
        if (words.endsWith("-f -")) {
            nft.load(input, words.contains("--check"));
            return "";
        }
        if (words.endsWith(" mangle")) {
            return mangleOfNft(words);
        }
        return switch (words) {
            case "--version" -> "nftables v1.0.6 (Lester Gooch #5)\n";
            case "list tables" ->
                String.join(
                        "",
                        nft.tables().stream()
                                .map(name -> "table " + name + "\n")
                                .toList());
            default -> nft.list(words.substring("-y list table ".length()));
        };
    }

    private String mangleOfNft(String words) {
        String table = words.substring(words.indexOf("table "));
        FakeMangle mangle = tables("-nft", table.contains("ip6") ? Family.IPV6 : Family.IPV4);
        if (words.startsWith("add ")) {
            mangle.wake();
            return "";
        }
        return table + " {\n" + (mangle.isDormant() ? "\tflags dormant\n" : "") + "\tchain INPUT {\n\t}\n}\n";
    }
}
