package io.secgroupd.daemon.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.daemon.testkit.NetnsTest;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A selection of the faults of {@code scripts/faults}, with times that no machine is too slow for. */
@NetnsTest
@Tag("alone")
class FaultsIT {

    static List<FaultRow> selection() {
        return FaultTable.selection();
    }

    @ParameterizedTest
    @MethodSource("selection")
    void whateverHappensTheHostIsShutAndServesAndCounts(FaultRow row) {
        Outcome outcome = row.run();

        System.out.println(outcome.text());
        assertThat(outcome.breaks(row.promise().onAnyMachine())).isEmpty();
    }

    /** What the rows hold against the daemon is seen when it is not so. */
    @Test
    void aDoorThatIsOpenForAMomentIsSeen() {
        FaultRow flushed = FaultTable.named("hooks-flushed").get(0);

        Outcome outcome = flushed.run();

        assertThat(outcome.breaks(Promise.gapOf(60_000).counting(Promise.Counts.FREE)))
                .hasSize(1)
                .first()
                .asString()
                .startsWith("a shut door answered");
    }
}
