package io.secgroupd.daemon.settings;

import java.nio.file.Path;

/**
 * The socket by which a running daemon takes requests.
 *
 * @param socket at most 107 bytes, which is what a Unix socket address holds
 * @param group  the group whose members may read; only root may make changes
 */
public record AdminSettings(Path socket, String group) {

    public static final AdminSettings DEFAULT = new AdminSettings(Path.of("/run/secgroupd/admin.sock"), "adm");
}
