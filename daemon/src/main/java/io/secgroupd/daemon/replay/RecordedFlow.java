package io.secgroupd.daemon.replay;

import io.secgroupd.daemon.capture.CapturedFlow;
import io.secgroupd.rules.net.FlowTuple;

/**
 * A flow from a capture or a flow log, to be judged anew.
 *
 * @param midStream whether this is a TCP connection whose opening the record does not show: either end may have opened it
 */
record RecordedFlow(FlowTuple flow, boolean midStream, FlowOrigin origin) {

    static RecordedFlow of(CapturedFlow captured) {
        return new RecordedFlow(captured.flow(), captured.midStream(), FlowOrigin.UNKNOWN);
    }
}
