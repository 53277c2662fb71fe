package io.secgroupd.daemon.flowlog;

import java.nio.file.Path;

/**
 * Where the flow log goes, and whose it is.
 *
 * @param start       names this start of the daemon
 * @param host        the name of this host
 * @param rotateBytes size from which the file is turned over
 * @param keep        how many turned-over files stay
 */
public record FlowLogTarget(Path path, String start, String host, long rotateBytes, int keep) {}
