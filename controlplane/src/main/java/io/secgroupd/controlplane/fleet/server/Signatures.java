package io.secgroupd.controlplane.fleet.server;

import io.secgroupd.controlplane.fleet.feed.ManifestSignature;
import io.secgroupd.controlplane.store.RecordStore;
import io.secgroupd.controlplane.store.RecordStore.StoredRecord;
import java.io.IOException;
import java.security.PrivateKey;
import java.util.Map;
import java.util.Optional;

/**
 * The signatures of manifests: those that an operator has made where the key is, or else those by the key of this control
 * server, if it has one.
 */
final class Signatures {

    private final RecordStore records;
    private final Optional<PrivateKey> key;

    Signatures(RecordStore records, Optional<PrivateKey> key) {
        this.records = records;
        this.key = key;
    }

    /** Whether nobody but an operator, where the key is, can sign what follows a manifest. */
    boolean areMadeElsewhere(String hash) throws IOException {
        return key.isEmpty() && records.get(RecordNames.SIGNATURES + hash).isPresent();
    }

    /** The signature of a manifest; empty when nobody has signed it. */
    Optional<String> of(String hash, byte[] manifest) throws IOException {
        Optional<String> made = records.get(RecordNames.SIGNATURES + hash).map(StoredRecord::value);
        return made.isPresent() ? made : key.map(own -> ManifestSignature.sign(own, manifest));
    }

    /**
     * Signs what this control server makes by itself, when it has a key. Its own key comes before what an operator has signed
     * beforehand: that may be by the very key for which the hosts refuse a revision.
     */
    void signOwn(String hash, byte[] manifest) throws IOException {
        if (key.isPresent()) {
            keep(records, key.get(), hash, manifest);
        }
    }

    /** Keeps a signature by the key of an operator. */
    static void keep(RecordStore records, PrivateKey key, String hash, byte[] manifest) throws IOException {
        records.putAll(Map.of(RecordNames.SIGNATURES + hash, ManifestSignature.sign(key, manifest)));
    }
}
