package io.secgroupd.controlplane.console.hosts;

import io.secgroupd.controlplane.console.api.ApiCall;
import io.secgroupd.controlplane.console.api.ApiHandler;
import io.secgroupd.controlplane.console.api.ApiReply;
import io.secgroupd.controlplane.console.api.BadCallException;
import io.secgroupd.controlplane.fleet.server.FleetDesk;
import io.secgroupd.controlplane.store.Origin;
import java.io.IOException;
import java.security.PrivateKey;
import java.time.Clock;
import java.util.Optional;
import java.util.OptionalLong;

/** {@code POST fleet}: halts the roll-out, has it go on, or returns to an earlier revision. It answers as {@code GET fleet}. */
public final class RolloutView implements ApiHandler {

    private final FleetDesk desk;
    private final Optional<PrivateKey> key;
    private final Clock clock;

    /** @param key signs a return, where revisions are signed by the control server */
    public RolloutView(FleetDesk desk, Optional<PrivateKey> key, Clock clock) {
        this.desk = desk;
        this.key = key;
        this.clock = clock;
    }

    @Override
    public ApiReply answer(ApiCall call) throws IOException {
        try {
            act(call);
        } catch (IOException e) {
            return ApiReply.refused(409, String.valueOf(e.getMessage())); // such as a roll-out that is done meanwhile
        }
        return HostsView.shown(desk.status());
    }

    private void act(ApiCall call) throws IOException {
        String what = call.body().text("do");
        if (what.equals("halt")) {
            var unused = desk.halt("by " + call.user().name() + ", in the console");
        } else if (what.equals("resume")) {
            var unused = desk.resume();
        } else if (what.equals("rollback")) {
            rollBack(call);
        } else {
            throw new BadCallException("\"do\" is halt, resume or rollback.");
        }
    }

    private void rollBack(ApiCall call) throws IOException {
        OptionalLong serial = call.body().number("serial");
        Optional<Long> to = serial.isPresent() ? Optional.of(serial.getAsLong()) : Optional.empty();
        var origin = new Origin(call.user().name(), "roll back, in the console", clock.instant());
        var unused = desk.rollBack(to, origin, key);
    }
}
