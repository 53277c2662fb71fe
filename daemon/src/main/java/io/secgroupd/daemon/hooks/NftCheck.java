package io.secgroupd.daemon.hooks;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Compares our nft table with its intended content: the table's settings, the hooks of its chains, and every rule in full.
 * Versions of nft print the same rule in different words, so the reference is what the same nft prints of our own text,
 * loaded into a table without hooks.
 */
final class NftCheck {

    private NftCheck() {}

    /**
     * Returns one sentence for every difference; none when all is in place.
     *
     * @param reference the text that this nft prints of {@link NftText#reference}
     */
    static List<String> differences(String listing, String reference, Skeleton skeleton) {
        NftListing found = NftListing.parse(listing);
        NftListing rules = NftListing.parse(reference);
        List<String> differences = new ArrayList<>();
        found.settings().forEach(setting -> differences.add("should not have `" + setting + "`"));
        for (Skeleton.Chain chain : skeleton.chains()) {
            String name = chain.hook().word();
            List<String> wanted = new ArrayList<>(List.of(hooked(name)));
            wanted.addAll(rules.lines(name));
            difference(name, wanted, found).ifPresent(differences::add);
        }
        found.chains().keySet().stream()
                .filter(name -> skeleton.chains().stream()
                        .noneMatch(chain -> chain.hook().word().equals(name)))
                .forEach(name -> differences.add("chain " + name + " does not belong here"));
        return differences.stream()
                .map(text -> "nft " + NftText.TABLE + ": " + text)
                .toList();
    }

    private static String hooked(String name) {
        return "type filter hook " + name + " priority " + NftText.PRIORITY + "; policy accept;";
    }

    private static Optional<String> difference(String name, List<String> wanted, NftListing listing) {
        if (!listing.chains().containsKey(name)) {
            return Optional.of("chain " + name + " is missing");
        }
        List<String> found = listing.lines(name);
        for (int i = 0; i < Math.max(wanted.size(), found.size()); i++) {
            String want = i < wanted.size() ? wanted.get(i) : "nothing";
            String have = i < found.size() ? found.get(i) : "nothing";
            if (!want.equals(have)) {
                return Optional.of("chain " + name + (i == 0 ? "" : ", rule " + i) + " should be `" + want
                        + "`, found `" + have + "`");
            }
        }
        return Optional.empty();
    }
}
