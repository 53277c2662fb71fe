package io.secgroupd.controlplane.console;

import io.secgroupd.controlplane.http.HttpServerSettings;

/**
 * What a page is told of the server.
 *
 * @param tls     whether browsers reach it by https
 * @param store   the kind of its store: directory or etcd
 * @param version of the program
 */
public record ConsoleFacts(boolean tls, String store, String version) {

    /** The facts of a server. */
    public static ConsoleFacts of(HttpServerSettings http, String store) {
        String version = ConsoleFacts.class.getPackage().getImplementationVersion();
        return new ConsoleFacts(http.tls().isPresent(), store, version == null ? "(unpackaged)" : version);
    }
}
