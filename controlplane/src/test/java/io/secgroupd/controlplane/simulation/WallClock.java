package io.secgroupd.controlplane.simulation;

import io.secgroupd.rules.testkit.SimulatedClock;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** The clock that all control servers have. */
final class WallClock extends Clock {

    private final SimulatedClock simulated;

    WallClock(SimulatedClock simulated) {
        this.simulated = simulated;
    }

    @Override
    public Instant instant() {
        return simulated.wall();
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException("it has one zone");
    }
}
