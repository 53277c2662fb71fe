package io.secgroupd.daemon.service;

import io.secgroupd.daemon.admin.DaemonStatus.DropCount;
import io.secgroupd.daemon.admin.DaemonStatus.QueueStatus;
import java.util.List;

/** What waits on the way to its verdict, and what was lost there. */
interface PacketLosses {

    List<QueueStatus> waiting();

    /** By cause, over all queues. */
    List<DropCount> dropped();
}
