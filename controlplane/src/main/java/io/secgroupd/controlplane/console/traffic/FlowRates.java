package io.secgroupd.controlplane.console.traffic;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;

/** How many flows were accepted and refused in each of the last seconds. Safe for use by several threads. */
final class FlowRates {

    static final int SECONDS = 120;

    private final long[] second = new long[SECONDS];
    private final long[] accepted = new long[SECONDS];
    private final long[] refused = new long[SECONDS];

    synchronized void add(long at, boolean isAccepted, long count) {
        int place = (int) (at % SECONDS);
        if (second[place] != at) {
            second[place] = at;
            accepted[place] = 0;
            refused[place] = 0;
        }
        if (isAccepted) {
            accepted[place] += count;
        } else {
            refused[place] += count;
        }
    }

    /** Writes {@code [[second, accepted, refused], …]}, the oldest first, up to the second that is not over yet. */
    synchronized void write(long now, JsonGenerator json) throws IOException {
        json.writeStartArray();
        for (long at = now - SECONDS + 1; at <= now; at++) {
            int place = (int) (at % SECONDS);
            boolean known = second[place] == at;
            json.writeStartArray();
            json.writeNumber(at);
            json.writeNumber(known ? accepted[place] : 0);
            json.writeNumber(known ? refused[place] : 0);
            json.writeEndArray();
        }
        json.writeEndArray();
    }
}
