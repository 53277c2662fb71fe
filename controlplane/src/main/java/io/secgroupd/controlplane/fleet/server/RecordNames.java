package io.secgroupd.controlplane.fleet.server;

/** Under which names the records of a fleet are in the store. */
final class RecordNames {

    /** The roll-out that is under way, or the last one. */
    static final String ROLLOUT = "fleet/rollout";

    /** How the next revision shall be rolled out. */
    static final String WISH = "fleet/wish";

    /** Before the name of a host: who may take part. */
    static final String HOSTS = "fleet/hosts/";

    /** Before the name of a host: what it has told of revisions. */
    static final String REPORTS = "fleet/reports/";

    /** Before the name of a host: whether it is connected, and where. */
    static final String PRESENCE = "fleet/presence/";

    /** Before the name of a host: the addresses that it has told of. */
    static final String ADDRESSES = "fleet/addresses/";

    /** Before a hash: the addresses of an edition, in parts. */
    static final String EDITIONS = "fleet/editions/";

    /** Before the name of a host: what it has met at a control server that no sound one does. */
    static final String FAULTS = "fleet/faults/";

    /** Before the name of a control server: when it was alive. */
    static final String SERVERS = "fleet/servers/";

    /** Before the hash of a manifest: its signature, made where the key is. */
    static final String SIGNATURES = "fleet/signatures/";

    /** Before all of them. */
    static final String ALL = "fleet/";

    private RecordNames() {}
}
