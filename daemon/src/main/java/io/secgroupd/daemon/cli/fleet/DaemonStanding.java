package io.secgroupd.daemon.cli.fleet;

import io.secgroupd.controlplane.fleet.host.HostDaemon.DaemonState;
import java.io.IOException;
import java.util.Optional;

/**
 * How the daemon of this host stands, by its own status.
 *
 * @param judging   the hash of the policy by which it judges, on trial or not
 * @param operators whether an operator tries a candidate
 */
record DaemonStanding(DaemonState state, String judging, boolean operators) {

    /** Reads the answer to {@code GET /status}. */
    static DaemonStanding of(String body) throws IOException {
        DaemonJson status = DaemonJson.parse(body);
        String judging = status.required("/policy/hash");
        Optional<String> trial = status.text("/policy/trial/hash");
        var state = new DaemonState(
                status.text("/policy/trial/before").orElse(judging), trial, refused(status), status.required("/start"));
        boolean fleet = status.text("/policy/trial/fleet").equals(Optional.of("true"));
        return new DaemonStanding(state, judging, trial.isPresent() && !fleet);
    }

    /** The packets that were refused, by the daemon or for it by the kernel: what an instance or the host only observes has passed. */
    private static long refused(DaemonJson status) throws IOException {
        long packets = 0;
        for (int i = 0; status.text("/decisions/" + i + "/verdict").isPresent(); i++) {
            if (status.required("/decisions/" + i + "/verdict").equals("REJECT")) {
                packets += Long.parseLong(status.required("/decisions/" + i + "/packets"))
                        - Long.parseLong(
                                status.text("/decisions/" + i + "/observed").orElse("0"));
            }
        }
        return packets + Long.parseLong(status.text("/cache/packets").orElse("0"));
    }
}
