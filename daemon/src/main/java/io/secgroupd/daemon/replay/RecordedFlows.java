package io.secgroupd.daemon.replay;

import io.secgroupd.rules.usage.Sightings;

/** Takes the flows of a record. */
interface RecordedFlows {

    /** Takes a flow, with what is known of all that are equal to it. */
    void add(RecordedFlow recorded, Sightings seen);

    /** How many were taken, equal ones included. */
    long flows();
}
