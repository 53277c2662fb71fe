package io.secgroupd.daemon.replay;

import io.secgroupd.daemon.capture.CaptureFile.CapturedFlow;
import io.secgroupd.rules.analyze.Explainer;
import io.secgroupd.rules.analyze.Explanation;
import io.secgroupd.rules.net.FlowTuple;
import io.secgroupd.rules.net.IpAddress;
import io.secgroupd.rules.net.Verdict;

/**
 * A flow from a capture or a flow log, to be judged anew.
 *
 * @param midStream whether this is a TCP connection whose opening the record does not show: either end may have opened it
 */
record RecordedFlow(FlowTuple flow, boolean midStream, FlowOrigin origin) {

    static RecordedFlow of(CapturedFlow captured) {
        return new RecordedFlow(captured.flow(), captured.midStream(), FlowOrigin.UNKNOWN);
    }

    /** Judges it without its source port, which no rule uses. */
    Explanation explainedBy(Explainer explainer) {
        if (!midStream) {
            return explain(explainer, asItIs(flow));
        }
        // Either end may have opened it, and the service usually has the lower port.
        boolean turned = flow.sourcePort() < flow.destinationPort();
        Explanation likely = explain(explainer, turned ? turned(flow) : asItIs(flow));
        if (likely.verdict() == Verdict.ACCEPT) {
            return likely;
        }
        Explanation other = explain(explainer, turned ? asItIs(flow) : turned(flow));
        return other.verdict() == Verdict.ACCEPT ? other : likely;
    }

    /** Judges a flow as the host that recorded it met it, if the record says so; otherwise as seen from here. */
    private Explanation explain(Explainer explainer, FlowTuple opened) {
        return origin.met(flow, explainer.policy())
                .map(host -> explainer.explain(opened, host))
                .orElseGet(() -> explainer.explain(opened));
    }

    private static FlowTuple asItIs(FlowTuple flow) {
        return between(flow, flow.source(), flow.destination(), flow.destinationPort());
    }

    @SuppressWarnings("ArgumentSelectionDefectChecker") // the ends are exchanged on purpose
    private static FlowTuple turned(FlowTuple flow) {
        return between(flow, flow.destination(), flow.source(), flow.sourcePort());
    }

    private static FlowTuple between(FlowTuple flow, IpAddress source, IpAddress destination, int port) {
        return new FlowTuple(source, destination, flow.protocol(), 0, port, flow.icmpType(), flow.icmpCode());
    }
}
