package io.secgroupd.daemon.hooks;

import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.daemon.terms.JudgedHooks;
import io.secgroupd.rules.net.Family;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IptablesTextTest {

    private static final Skeleton INPUT_ONLY = Skeleton.of(new SkeletonSettings(
            new JudgedHooks(true, false, false), 4700, 1, false, SkeletonSettings.DEFAULT_CUT_MARK));

    @Test
    void leavesAJumpThatStandsFirst() {
        assertThat(jumpEdits("""
                :INPUT ACCEPT [0:0]
                :SECGROUPD-INPUT - [0:0]
                -A INPUT -j SECGROUPD-INPUT
                -A INPUT -p tcp -j ACCEPT
                """)).isEmpty();
    }

    @Test
    void movesAJumpThatStandsBehindAnotherRule() {
        assertThat(jumpEdits("""
                :INPUT ACCEPT [0:0]
                :SECGROUPD-INPUT - [0:0]
                -A INPUT -p tcp -j ACCEPT
                -A INPUT -j SECGROUPD-INPUT
                """)).containsExactly("-D INPUT -j SECGROUPD-INPUT", "-I INPUT 1 -j SECGROUPD-INPUT");
    }

    @Test
    void makesOneJumpOfSeveral() {
        assertThat(jumpEdits("""
                :INPUT ACCEPT [0:0]
                :FORWARD ACCEPT [0:0]
                :SECGROUPD-INPUT - [0:0]
                -A INPUT -j SECGROUPD-INPUT
                -A INPUT -i eth0 -j SECGROUPD-INPUT
                -A FORWARD -g SECGROUPD-INPUT
                """))
                .containsExactly(
                        "-D INPUT -j SECGROUPD-INPUT",
                        "-D INPUT -i eth0 -j SECGROUPD-INPUT",
                        "-D FORWARD -g SECGROUPD-INPUT",
                        "-I INPUT 1 -j SECGROUPD-INPUT");
    }

    @Test
    void doesNotMistakeALongerNameForItsOwn() {
        assertThat(jumpEdits("""
                :INPUT ACCEPT [0:0]
                :SECGROUPD-INPUT-OLD - [0:0]
                -A INPUT -j SECGROUPD-INPUT-OLD
                """)).containsExactly("-I INPUT 1 -j SECGROUPD-INPUT");
    }

    @Test
    void takesAwayTheChainOfAHookThatIsOffNow() {
        IptablesListing now = IptablesListing.parse("""
                :FORWARD ACCEPT [0:0]
                :SECGROUPD-FORWARD - [0:0]
                -A FORWARD -j SECGROUPD-FORWARD
                """);
        assertThat(IptablesText.install(now, INPUT_ONLY, Family.IPV4))
                .contains("-D FORWARD -j SECGROUPD-FORWARD\n-F SECGROUPD-FORWARD\n-X SECGROUPD-FORWARD\n");
    }

    @Test
    void hasNothingToRemoveFromAHostWithoutTheSkeleton() {
        assertThat(IptablesText.remove(IptablesListing.parse(":INPUT ACCEPT [0:0]\n-A INPUT -p tcp -j ACCEPT\n")))
                .isEmpty();
    }

    @Test
    void rollsBackToTheRulesThatStoodBefore() {
        IptablesListing before = IptablesListing.parse("""
                :INPUT ACCEPT [0:0]
                :SECGROUPD-INPUT - [0:0]
                -A INPUT -j SECGROUPD-INPUT
                -A SECGROUPD-INPUT -j NFQUEUE --queue-num 1
                """);
        IptablesListing now = IptablesListing.parse("""
                :INPUT ACCEPT [0:0]
                :OUTPUT ACCEPT [0:0]
                :SECGROUPD-INPUT - [0:0]
                :SECGROUPD-OUTPUT - [0:0]
                -A INPUT -j SECGROUPD-INPUT
                -A OUTPUT -j SECGROUPD-OUTPUT
                -A SECGROUPD-INPUT -j NFQUEUE --queue-num 2
                """);
        assertThat(IptablesText.rollBack(before, now)).isEqualTo("""
                *mangle
                :SECGROUPD-INPUT - [0:0]
                -A SECGROUPD-INPUT -j NFQUEUE --queue-num 1
                -D OUTPUT -j SECGROUPD-OUTPUT
                -F SECGROUPD-OUTPUT
                -X SECGROUPD-OUTPUT
                COMMIT
                """);
    }

    @Test
    void rollsBackToASkeletonOfAnEarlierVersion() {
        IptablesListing now = IptablesListing.parse("""
                :INPUT ACCEPT [0:0]
                :SECGROUPD-PASSED - [0:0]
                -A SECGROUPD-PASSED -j MARK --set-xmark 0x0/0xffff0000
                """);

        assertThat(IptablesText.rollBack(IptablesListing.EMPTY, now))
                .isEqualTo("*mangle\n-F SECGROUPD-PASSED\n-X SECGROUPD-PASSED\nCOMMIT\n");
        assertThat(IptablesText.rollBack(now, now)).isEqualTo("""
                *mangle
                :SECGROUPD-PASSED - [0:0]
                -A SECGROUPD-PASSED -j MARK --set-xmark 0x0/0xffff0000
                COMMIT
                """);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            -A INPUT -j SECGROUPD-INPUT                                                  | false
            -A INPUT -j SECGROUPD-INPUT; -A SECGROUPD-INPUT -j RETURN                    | false
            -A PREROUTING -j CONNMARK --restore-mark                                     | false
            -A INPUT -j SECGROUPD-INPUT; -A INPUT -p tcp -j MARK --set-xmark 0x7/0xffffffff | true
            -A FORWARD -p tcp -j TCPMSS --clamp-mss-to-pmtu                              | true
            """)
    void seesRulesOfOthersBehindItsJumps(String rules, boolean follow) {
        assertThat(IptablesListing.parse(rules.replace("; ", "\n")).othersFollow())
                .isEqualTo(follow);
    }

    private static List<String> jumpEdits(String saved) {
        return IptablesText.install(IptablesListing.parse(saved), INPUT_ONLY, Family.IPV4)
                .lines()
                .filter(line -> line.startsWith("-D") || line.startsWith("-I"))
                .toList();
    }
}
