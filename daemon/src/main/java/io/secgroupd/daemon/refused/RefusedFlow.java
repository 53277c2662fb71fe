package io.secgroupd.daemon.refused;

import io.secgroupd.rules.decide.Decision;
import org.jspecify.annotations.Nullable;

/**
 * A refusal that has come several times, as the flow log tells of it.
 *
 * @param sourcePort the source port of the packet that was refused last
 * @param interfaceIndex the index of the interface that it came in by
 * @param generation the number of the policy that refused it
 * @param unit the unit that serves the port; null when it is not known
 * @param epochMillis the time of that packet, in milliseconds since 1970-01-01T00:00:00Z
 */
public record RefusedFlow(
        RefusedKey key,
        int sourcePort,
        int interfaceIndex,
        long generation,
        Decision decision,
        @Nullable String unit,
        long epochMillis) {

    /** The same flow at another time. */
    RefusedFlow at(long millis) {
        return new RefusedFlow(key, sourcePort, interfaceIndex, generation, decision, unit, millis);
    }
}
