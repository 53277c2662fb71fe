package io.secgroupd.daemon.hooks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which rules of others take the bit of cut connections off, or put it on. */
class MarkWritersTest {

    private static final int BIT = 0x4000_0000;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-i eth0 -j CONNMARK --set-xmark 0x2/0xffffffff",
                "-j CONNMARK --set-xmark 0x5000000a/0xff",
                "-j CONNMARK --set-mark 2",
                "-j CONNMARK --save-mark",
                "-j CONNMARK --save-mark --nfmask 0xffffffff --ctmask 0xffffffff",
                "-j CONNMARK --save-mark --mask 0xf0000000"
            })
    void ofIptables(String rule) {
        assertThat(MarkWriters.of(iptables(rule), BIT))
                .singleElement()
                .asString()
                .startsWith("`ip6tables -t mangle -A PREROUTING " + rule + "`")
                .contains("0x40000000");
        assertThat(MarkWriters.of(iptables(rule), 0)).as("nothing tests it").isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-j CONNMARK --set-xmark 0x7/0x7",
                "-j CONNMARK --set-xmark 0x0/0xff",
                "-j CONNMARK --save-mark --nfmask 0xff --ctmask 0xff",
                "-j CONNMARK --restore-mark --nfmask 0xffffffff --ctmask 0xffffffff",
                "-j MARK --set-xmark 0x2/0xffffffff",
                "-m connmark --mark 0x2 -j ACCEPT"
            })
    void ofIptablesWithAMaskNot(String rule) {
        assertThat(MarkWriters.of(iptables(rule), BIT)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ct mark set 0x00000002",
                "iifname \"eth0\" ct mark set meta mark",
                "ct mark set ct mark & 0x0000ffff | 0x00000001",
                "ct mark set ct mark or 0x40000000",
                "counter packets 0 bytes 0 ct mark set mark"
            })
    void ofNft(String rule) {
        assertThat(MarkWriters.of(nft("inet host", rule), BIT)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ct mark set ct mark | 0x00000007",
                "ct mark set ct mark & 0xffffff00 | 0x00000003 accept",
                "meta mark set ct mark",
                "ct mark 0x2 accept"
            })
    void ofNftWithAMaskNot(String rule) {
        assertThat(MarkWriters.of(nft("inet host", rule), BIT)).isEmpty();
    }

    @Test
    void ourOwnRulesAndThoseThatIptablesShowsAreNotTold() {
        assertThat(MarkWriters.of(nft("inet secgroupd", "ct mark set 0x2"), BIT))
                .isEmpty();
        assertThat(MarkWriters.of(nft("ip mangle", "ct mark set 0x2"), BIT)).isEmpty();
    }

    private static HostRules iptables(String rule) {
        return new HostRules(HostRules.ofIptables("ip6tables", "*mangle\n-A PREROUTING " + rule + "\nCOMMIT\n"));
    }

    private static HostRules nft(String table, String rule) {
        return new HostRules(HostRules.ofNft("table " + table + " {\n\tchain pre {\n\t\ttype filter hook prerouting"
                + " priority mangle; policy accept;\n\t\t" + rule + "\n\t}\n}\n"));
    }
}
