package io.secgroupd.rules.testkit;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;

/** The time of a simulation, which jumps from one event to the next. The wall clock beside it may be set. */
public final class SimulatedClock {

    public static final Instant BEGIN = Instant.parse("2026-11-24T00:00:00Z");

    /** What happens at a moment, in milliseconds since the begin; those of one moment in the order in which they were asked for. */
    private record Event(long at, long number, Runnable task) {}

    private final PriorityQueue<Event> events =
            new PriorityQueue<>(Comparator.comparingLong(Event::at).thenComparingLong(Event::number));
    private long now;
    private long count;
    private long wallAhead;
    private long wallSetAt;

    /** Milliseconds since the begin. */
    public long now() {
        return now;
    }

    /** How much time has gone by. */
    public Duration time() {
        return Duration.ofMillis(now);
    }

    public Instant steady() {
        return BEGIN.plusMillis(now);
    }

    public Instant wall() {
        return BEGIN.plusMillis(now + wallAhead);
    }

    /** Sets the wall clock forwards or backwards. */
    public void setWall(long millis) {
        wallAhead += millis;
        wallSetAt = now;
    }

    /** How long ago somebody set the wall clock; since the begin when nobody has. */
    public long sinceSet() {
        return now - wallSetAt;
    }

    public void after(Duration time, Runnable task) {
        events.add(new Event(now + Math.max(0, time.toMillis()), count++, task));
    }

    /** Runs all events of the next moment, if that is not after {@code end}; otherwise false, and the end has come. */
    public boolean runUntil(long end) {
        Event next = events.peek();
        if (next == null || next.at() > end) {
            now = end;
            return false;
        }
        now = next.at();
        for (; next != null && next.at() == now; next = events.peek()) {
            events.remove();
            next.task().run();
        }
        return true;
    }
}
