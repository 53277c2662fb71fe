package io.secgroupd.daemon.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a process may do, as the kernel tells it bit by bit. */
class ProcessRightsTest {

    @ParameterizedTest
    @CsvSource({
        "0000000000001000, true,  false",
        "0000000000002000, false, true",
        "0000000000003000, true,  true",
        "0000000000000000, false, false",
        "ffffffffffffffff, true,  true"
    })
    void theTwoThatMatterAreRead(String bits, boolean netAdmin, boolean netRaw) {
        ProcessRights rights = rights(bits);

        assertThat(rights.netAdmin()).isEqualTo(netAdmin);
        assertThat(rights.netRaw()).isEqualTo(netRaw);
    }

    @Property
    void everyOtherBitIsOneTooMany(@ForAll long capabilities) {
        long others = capabilities & ~(1L << 12) & ~(1L << 13);

        assertThat(rights(Long.toHexString(capabilities)).unneeded())
                .hasSize(Long.bitCount(others))
                .doesNotHaveDuplicates();
    }

    @Test
    void aCapabilityIsNamedAsManualsNameIt() {
        assertThat(rights("0000000000200001").unneeded()).containsExactly("CAP_CHOWN", "CAP_SYS_ADMIN");
    }

    /** A newer kernel has more of them than we know. */
    @Test
    void aCapabilityWithoutANameHasItsNumber() {
        assertThat(rights("8000000000000000").unneeded()).containsExactly("capability 63");
    }

    @Test
    void theEffectiveUserIsNotTakenForTheOneOfAnotherField() {
        ProcessRights rights = ProcessRights.parse(
                        "Name:\tUid: 0\nPid:\t12\nPPid:\t1\nUid:\t998\t0\t0\t0\nCapInh:\tff\nCapEff:\t0\nNoNewPrivs:\t0\n")
                .orElseThrow();

        assertThat(rights).isEqualTo(new ProcessRights("12", 998, 0, false));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Uid:\t0\t0\t0\t0\n", "CapEff:\t0\n"})
    void aKernelThatDoesNotTellIsNotGuessed(String status) {
        assertThat(ProcessRights.parse(status)).isEmpty();
    }

    private static ProcessRights rights(String bits) {
        return ProcessRights.parse("Pid:\t7\nUid:\t0\t0\t0\t0\nCapEff:\t" + bits + "\nNoNewPrivs:\t1\n")
                .orElseThrow();
    }
}
