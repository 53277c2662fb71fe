package io.secgroupd.controlplane.store.etcd;

/**
 * A key of etcd.
 *
 * @param key      without the prefix
 * @param value    empty where only keys were asked for
 * @param modified the revision of etcd in which it was written last
 */
@SuppressWarnings("ArrayRecordComponent") // it is never compared
record Item(String key, byte[] value, long modified) {}
