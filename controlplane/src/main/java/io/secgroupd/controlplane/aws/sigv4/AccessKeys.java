package io.secgroupd.controlplane.aws.sigv4;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The keys that are known. It does not change: new keys are a new value. */
public final class AccessKeys {

    private final Map<String, AccessKey> byId;

    /**
     * These keys and no others.
     *
     * @throws IllegalArgumentException when two have the same id; the message shows no secret
     */
    public AccessKeys(Collection<AccessKey> keys) {
        byId = new TreeMap<>();
        for (AccessKey key : keys) {
            if (byId.put(key.id(), key) != null) {
                throw new IllegalArgumentException("Two access keys have the id " + key.id() + ".");
            }
        }
    }

    /** The key with this id. */
    public Optional<AccessKey> find(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** The keys without their secrets. */
    @Override
    public String toString() {
        return byId.values().toString();
    }
}
