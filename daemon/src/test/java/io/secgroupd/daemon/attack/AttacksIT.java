package io.secgroupd.daemon.attack;

import io.secgroupd.daemon.testkit.NetnsTest;
import io.secgroupd.rules.testkit.Seeds;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The suites with the seed of the build; {@code scripts/packet-fuzz} has others. */
@NetnsTest
class AttacksIT {

    private static final int PACKETS = 6000;
    private static final int REQUESTS = 1000;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @Test
    void nobodyGetsInByOddPackets() {
        Seeds.each(1, seed -> OddPacketsSuite.run(directory, seed, PACKETS));
    }

    @Test
    void nobodyGetsInBesideALiveConnection() {
        Seeds.each(1, seed -> ForgedPacketsSuite.run(directory, seed, PACKETS));
    }

    @Test
    void noReaderOfTheAdminSocketChangesAnythingOrHoldsAnybodyUp() {
        Seeds.each(1, seed -> HostileAdminSuite.run(directory, seed, REQUESTS));
    }
}
