package io.secgroupd.controlplane.server;

import io.secgroupd.controlplane.aws.operation.AwsAccount;
import io.secgroupd.controlplane.console.ConsoleSettings;
import io.secgroupd.controlplane.fleet.server.FleetSettings;
import io.secgroupd.controlplane.http.HttpServerSettings;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The settings of a control server.
 *
 * @param http    where to listen
 * @param store   where the policy is
 * @param keys    the file of access keys
 * @param account what answers say about whose and where everything is
 * @param fleet   for the hosts that follow this server
 * @param console for browsers
 */
public record ControlSettings(
        HttpServerSettings http,
        StoreSettings store,
        Path keys,
        AwsAccount account,
        FleetSettings fleet,
        ConsoleSettings console) {

    /** The port is the one beside that of the metrics. */
    public static final int PORT = 9471;

    /** What holds when there is no settings file. */
    public static final ControlSettings DEFAULT = new ControlSettings(
            new HttpServerSettings(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), PORT), Optional.empty(), List.of()),
            new StoreSettings.InDirectory(Path.of("/etc/secgroupd/rules.yaml")),
            Path.of("/etc/secgroupd/keys.yaml"),
            AwsAccount.DEFAULT,
            FleetSettings.DEFAULT,
            ConsoleSettings.DEFAULT);
}
