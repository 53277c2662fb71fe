package io.secgroupd.daemon.capture;

import io.secgroupd.rules.net.FlowTuple;

/**
 * A flow, as its first packet in a capture shows it.
 *
 * @param midStream whether this is a TCP connection whose opening the capture does not show: either end may have opened it
 */
public record CapturedFlow(FlowTuple flow, boolean midStream) {}
