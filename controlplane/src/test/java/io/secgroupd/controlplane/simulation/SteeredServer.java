package io.secgroupd.controlplane.simulation;

import io.secgroupd.controlplane.fleet.feed.HostReport;
import io.secgroupd.controlplane.fleet.feed.HostReport.Result;
import io.secgroupd.controlplane.fleet.rollout.Rollout;
import io.secgroupd.controlplane.fleet.server.SimulatedServer;
import java.io.IOException;
import java.util.OptionalLong;

/** A control server that works when a test says so, with the hosts that ask it. */
final class SteeredServer {

    private final RecordLink records;
    private final SimulatedServer server;

    SteeredServer(String name, SteeredFleet fleet) throws IOException {
        records = fleet.link();
        server = new SimulatedServer(name, fleet.store(records), fleet.clockOfAll());
    }

    /** Hears what has changed, and does what is due. */
    void work() throws IOException {
        records.tell();
        server.drive();
        server.sweep();
        records.tell();
        server.serve();
    }

    /** A host comes, and waits for news until it leaves. */
    void joins(String host) {
        var unused = server.waits(host);
    }

    void leaves(String host) {
        server.leaves(host);
    }

    /** The serial that a host is to have; 0 for none. */
    long offers(String host) {
        return server.pointer(host).map(pointer -> pointer.serial()).orElse(0L);
    }

    /** A host has in force what it is to have. */
    void takes(String host) throws IOException {
        tells(host, Result.IN_FORCE, "");
    }

    /** A host has not taken what it is to have. */
    void refuses(String host) throws IOException {
        tells(host, Result.REFUSED, "it harms");
    }

    private void tells(String host, Result result, String why) throws IOException {
        var none = OptionalLong.empty();
        var unused = server.report(host, new HostReport(result, offers(host), 0, "", why, none, none, "simulated"));
        work();
    }

    Rollout rollout() {
        return server.rollout().orElseThrow();
    }
}
