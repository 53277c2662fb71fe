package io.secgroupd.daemon.service;

import io.secgroupd.daemon.admin.AdminApi;
import io.secgroupd.daemon.admin.AdminServer;
import io.secgroupd.daemon.admin.FlowFollowers;
import io.secgroupd.daemon.admin.SocketFile;
import io.secgroupd.daemon.settings.DaemonSettings;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens the admin socket, and the metrics port when one is set. */
final class AdminListener {

    private static final Logger LOG = LoggerFactory.getLogger(AdminListener.class);

    private AdminListener() {}

    /** A failure here is only logged, because the host is protected with or without its admin socket. */
    static void start(DaemonSettings settings, AdminApi api, FlowFollowers followers, OpenResources opened) {
        opened.addAll(() -> listen(settings, api, followers, opened));
    }

    private static void listen(DaemonSettings settings, AdminApi api, FlowFollowers followers, OpenResources opened) {
        var server = opened.add(new AdminServer(api, followers));
        try {
            server.listen(opened.add(
                    new SocketFile(settings.admin().socket(), settings.admin().group())));
        } catch (IOException e) {
            LOG.error("admin.failed {}; status and reload cannot reach this daemon", e.getMessage());
        }
        settings.metricsListen().ifPresent(address -> {
            try {
                server.serveMetrics(address);
            } catch (IOException e) {
                LOG.error("metrics.failed {}; correct metrics.listen", e.getMessage());
            }
        });
    }
}
