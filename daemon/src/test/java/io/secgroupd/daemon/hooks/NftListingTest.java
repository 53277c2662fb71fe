package io.secgroupd.daemon.hooks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Listings as several versions of nft print them. */
class NftListingTest {

    @Test
    void aPriorityIsANumberHoweverItIsPrinted() {
        assertThat(lines("type filter hook input priority mangle - 10; policy accept;"))
                .isEqualTo(lines("type filter hook input priority -160; policy accept;"));
        assertThat(lines("type filter hook input priority -150; policy accept;"))
                .isNotEqualTo(lines("type filter hook input priority -160; policy accept;"));
    }

    @Test
    void whatWasCountedIsNoPartOfARule() {
        assertThat(lines("counter packets 12 bytes 480 drop comment \"x\""))
                .isEqualTo(lines("counter drop comment \"x\""));
    }

    @Test
    void whatStandsOutsideTheChainsIsSeen() {
        NftListing listing = NftListing.parse(
                "table inet secgroupd {\n\tflags dormant\n\n\tset s {\n\t\ttype ipv4_addr\n\t}\n\n\tchain input {\n\t}\n}\n");

        assertThat(listing.settings()).contains("flags dormant", "set s {");
        assertThat(listing.lines("input")).isEmpty();
    }

    private static Object lines(String line) {
        return NftListing.parse("table inet t {\n chain input {\n  " + line + "\n }\n}\n")
                .lines("input");
    }
}
