package io.secgroupd.daemon.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.daemon.doctor.BackendFacts.Tool;
import io.secgroupd.daemon.terms.Backend;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.NotEmpty;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Parameters, disks, tools and the clock of a host: how much each of them matters. */
class HostChecksTest {

    private static final Path LOGS = Path.of("/var/log/secgroupd");

    @ParameterizedTest
    @CsvSource({"0, 0, true", "0, 1, false", "1, 0, false", "2, 0, false"})
    void sourcesAreUncheckedOnlyWhereNeitherSettingChecksThem(String all, String eth0, boolean noted) {
        var sysctls = new Sysctls(Map.of("net.ipv4.conf.all.rp_filter", all, "net.ipv4.conf.eth0.rp_filter", eth0));

        assertThat(SysctlCheck.findings(sysctls, false).stream()
                        .anyMatch(finding -> finding.what().contains("rp_filter")))
                .isEqualTo(noted);
    }

    @Test
    void withoutTheHierarchyOfControlGroupsNoUnitsAreNamed() {
        String mounted = "29 22 0:26 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw\n";

        assertThat(UnitsCheck.finding(true, mounted).level()).isEqualTo(Level.OK);
        assertThat(UnitsCheck.finding(true, mounted).what()).endsWith("/sys/fs/cgroup");
        assertThat(UnitsCheck.finding(true, "").level()).isEqualTo(Level.NOTE);
        assertThat(UnitsCheck.finding(true, "").next()).contains("units: false");
        assertThat(UnitsCheck.finding(false, mounted).level()).isEqualTo(Level.NOTE);
    }

    @Test
    void whetherTheKernelRefusesByItselfIsToldWithWhatStandsAgainstIt() {
        var on = CacheCheck.finding(Optional.empty(), true, Optional::empty);
        var lacking = CacheCheck.finding(Optional.empty(), true, () -> Optional.of("trying failed: EOPNOTSUPP"));
        var off = CacheCheck.finding(Optional.of("daemon.yaml says cache: off"), true, Optional::empty);
        var untried = CacheCheck.finding(Optional.empty(), false, Optional::empty);

        assertThat(on.level()).isEqualTo(Level.OK);
        assertThat(lacking.level()).isEqualTo(Level.NOTE);
        assertThat(lacking.what()).contains("EOPNOTSUPP", "slower in a flood and nothing else");
        assertThat(off.what()).startsWith("off, since daemon.yaml says cache: off");
        assertThat(untried.next()).isEqualTo("sudo secgroupd doctor");
    }

    @Test
    void loopbackNeedsNoCheckOfSources() {
        var sysctls = new Sysctls(Map.of(
                "net.ipv4.conf.all.rp_filter", "0",
                "net.ipv4.conf.default.rp_filter", "0",
                "net.ipv4.conf.lo.rp_filter", "0"));

        assertThat(SysctlCheck.findings(sysctls, false))
                .noneMatch(finding -> finding.what().contains("rp_filter"));
    }

    @Test
    void aTableOfConnectionsWithoutRoomIsNotDividedByZero() {
        var sysctls =
                new Sysctls(Map.of("net.netfilter.nf_conntrack_max", "0", "net.netfilter.nf_conntrack_count", "0"));

        assertThat(SysctlCheck.findings(sysctls, false))
                .extracting(Finding::level)
                .containsExactly(Level.OK);
    }

    @ParameterizedTest
    @CsvSource({
        "0040750, secgroupd, OK",
        "0040770, secgroupd, WARNING",
        "0040757, secgroupd, WARNING",
        "0041777, secgroupd, OK",
        "0040750, root,      OK",
        "0040750, daemon,    PROBLEM",
        "0040777, daemon,    WARNING"
    })
    void aDirectoryIsTheDaemonsAndNobodyElses(String mode, String daemon, Level level) {
        var facts = new FileFacts(LOGS, "secgroupd", Integer.parseInt(mode, 8));

        assertThat(DiskCheck.findings(disk(false, Optional.of(facts), OptionalLong.of(1000)), Optional.of(daemon)))
                .extracting(Finding::level)
                .containsExactly(level);
    }

    @Test
    void aMissingDirectoryIsMadeByTheService() {
        assertThat(DiskCheck.findings(disk(true, Optional.empty(), OptionalLong.of(1000)), Optional.empty()))
                .extracting(Finding::level)
                .containsExactly(Level.NOTE);
    }

    @ParameterizedTest
    @CsvSource({"999, WARNING", "1000, OK"})
    void aDiskHoldsAllThatTheLogMayKeep(long usable, Level level) {
        assertThat(DiskCheck.findings(disk(false, Optional.empty(), OptionalLong.of(usable)), Optional.empty()))
                .extracting(Finding::level)
                .containsExactly(level);
    }

    @Test
    void roomThatIsNotKnownIsNoFullDisk() {
        assertThat(DiskCheck.findings(disk(false, Optional.empty(), OptionalLong.empty()), Optional.empty()))
                .extracting(Finding::level)
                .containsExactly(Level.OK);
    }

    @Test
    void theOtherToolIsToldTooAndIsNoFault() {
        var works = new Tool(Optional.of("nftables v1.0.6"), true, Optional.empty());
        var missing = new Tool(Optional.empty(), true, Optional.empty());

        assertThat(BackendCheck.findings(new BackendFacts(Backend.AUTO, works, missing)))
                .extracting(Finding::level)
                .containsExactly(Level.OK, Level.NOTE);
        assertThat(BackendCheck.findings(new BackendFacts(Backend.AUTO, missing, missing)))
                .extracting(Finding::level)
                .containsExactly(Level.PROBLEM, Level.NOTE, Level.NOTE);
    }

    @Test
    void aClockThatDriftsIsNoProblemOfVerdicts() {
        assertThat(KernelClock.finding(Optional.of(true)).level()).isEqualTo(Level.OK);
        assertThat(KernelClock.finding(Optional.of(false)).level()).isEqualTo(Level.WARNING);
        assertThat(KernelClock.finding(Optional.empty()).level()).isEqualTo(Level.NOTE);
    }

    @ParameterizedTest
    @CsvSource({"OK, false", "NOTE, false", "WARNING, true", "PROBLEM, true"})
    void warningsAndProblemsCallForSomething(Level level, boolean wrong) {
        assertThat(level.isWrong()).isEqualTo(wrong);
    }

    @Property(tries = 200)
    void noWordOfAFindingIsLostWhenLinesAreBroken(
            @ForAll @Size(max = 40) List<@NotEmpty @StringLength(max = 30) @AlphaChars String> what,
            @ForAll @Size(max = 40) List<@NotEmpty @StringLength(max = 30) @AlphaChars String> next) {
        var finding = new Finding(Level.WARNING, "mark", String.join(" ", what), String.join(" ", next));

        List<String> lines = DoctorText.of(List.of(finding));

        assertThat(lines).allMatch(line -> line.length() <= 100);
        assertThat(String.join(" ", lines).replaceAll("\\s+", " ").strip())
                .isEqualTo(("warning mark " + String.join(" ", what)
                                + (next.isEmpty() ? "" : " -> " + String.join(" ", next)))
                        .strip()
                        .replaceAll("\\s+", " "));
    }

    private static DiskFacts disk(boolean missing, Optional<FileFacts> facts, OptionalLong usable) {
        return new DiskFacts("the log", LOGS, missing, facts, usable, 1000);
    }
}
