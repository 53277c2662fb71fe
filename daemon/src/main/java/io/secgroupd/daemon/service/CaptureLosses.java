package io.secgroupd.daemon.service;

import io.secgroupd.daemon.admin.DaemonStatus.DropCount;
import io.secgroupd.daemon.admin.DaemonStatus.QueueStatus;
import io.secgroupd.daemon.capture.CaptureLoss;
import io.secgroupd.daemon.capture.Monitor;
import java.util.List;
import java.util.OptionalLong;

/** Counts what a capture has lost, as libpcap reports it, and what found no room in its table of flows. */
record CaptureLosses(Monitor monitor) implements PacketLosses {

    @Override
    public List<QueueStatus> waiting() {
        return List.of();
    }

    @Override
    public List<DropCount> dropped() {
        CaptureLoss loss = monitor.loss();
        return List.of(
                new DropCount("capture", OptionalLong.of(loss.dropped())),
                new DropCount("interface", OptionalLong.of(loss.droppedByInterface())),
                new DropCount("flow_table", OptionalLong.of(monitor.forgottenFlows())));
    }
}
