package io.secgroupd.daemon.service;

import io.secgroupd.daemon.admin.DaemonStatus.DropCount;
import io.secgroupd.daemon.admin.DaemonStatus.QueueStatus;
import java.util.List;

/** Reports which packets wait for their verdict and which were lost before it. */
interface PacketLosses {

    List<QueueStatus> waiting();

    /** The losses by cause, over all queues. */
    List<DropCount> dropped();
}
