package io.secgroupd.daemon.units;

/**
 * What became of the question for the unit, of decisions about packets from or to this host.
 *
 * @param named   whose unit is known
 * @param closed  to a port at which nobody listens
 * @param gone    whose socket or control group had ended before it was asked for, or is not to be seen from here
 * @param skipped that were not asked about, because there were too many
 */
public record UnitCounts(long named, long closed, long gone, long skipped) {}
