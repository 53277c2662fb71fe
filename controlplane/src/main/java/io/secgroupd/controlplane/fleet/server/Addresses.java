package io.secgroupd.controlplane.fleet.server;

import io.secgroupd.controlplane.fleet.feed.AddressReport;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Takes in what hosts report of their addresses. */
final class Addresses {

    private final FleetView view;
    private final RecordWriter writer;
    private final Membership membership;
    private final Runnable wake;
    private final Clock clock;

    /** @param wake has the policy looked after at once */
    Addresses(FleetView view, RecordWriter writer, Membership membership, Runnable wake, Clock clock) {
        this.view = view;
        this.writer = writer;
        this.membership = membership;
        this.wake = wake;
        this.clock = clock;
    }

    /** Stores a report unless the same is stored; then says which addresses the host does not get, each with a sentence. */
    CompletableFuture<List<String>> take(EnrolledHost host, AddressReport report) {
        ReportedAddresses known = view.addresses().get(host.host());
        boolean same = known != null
                && known.report().equals(report)
                && known.instances().equals(host.instances());
        if (same) {
            return CompletableFuture.completedFuture(membership.refusals(host, report));
        }
        var addresses = new ReportedAddresses(report, host.instances(), clock.instant());
        return writer.put(RecordNames.ADDRESSES + host.host(), addresses.text()).thenApply(written -> {
            wake.run();
            return membership.refusals(host, report);
        });
    }
}
