package io.secgroupd.daemon.capture;

import io.secgroupd.rules.net.FlowTuple;

/**
 * A flow by its first packet in a capture.
 *
 * @param midStream a TCP connection whose opening the capture does not show: either end may have opened it
 */
public record CapturedFlow(FlowTuple flow, boolean midStream) {}
