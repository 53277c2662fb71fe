package io.secgroupd.controlplane.store;

import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Small texts that all control servers of a store share, beside the policy: what is known of each host, and how far a roll-out
 * is. A method that throws an {@link IOException} does so with a sentence for the operator; whether what it was to write was
 * written is not known then.
 */
public interface RecordStore {

    /** The most characters of a value. */
    int MOST_CHARACTERS = 64 << 10;

    /**
     * A text under a key.
     *
     * @param version another and greater one after each write; never 0
     */
    record StoredRecord(String key, String value, long version) {}

    /**
     * What has become of a record.
     *
     * @param now empty when it was removed
     */
    record RecordChange(String key, Optional<StoredRecord> now) {}

    /** The record of a key, as it was acknowledged last to anybody. */
    Optional<StoredRecord> get(String key) throws IOException;

    /**
     * The records whose keys begin so, in the order of keys. Each is as it was acknowledged last when the call began, or newer;
     * they need not be those of one moment.
     */
    List<StoredRecord> list(String prefix) throws IOException;

    /**
     * Writes a record, unless it has become another one.
     *
     * @param key     1 to 300 characters a-z, 0-9, dot, slash and hyphen
     * @param version that it must have; 0: there must be none
     * @return whether it was written
     */
    boolean put(String key, String value, long version) throws IOException;

    /** Writes records, whatever is there. They are written in parts, each of which is written as a whole or not at all. */
    void putAll(Map<String, String> values) throws IOException;

    /** Removes records; one that is not there is none to remove. */
    void remove(Collection<String> keys) throws IOException;

    /**
     * Calls a listener with each record that is there, and then with each change, on a thread of the store's. Of changes of one
     * record that follow each other quickly, only the last need be told; after the store could not be reached, what has changed
     * meanwhile is.
     *
     * @return ends the calls when closed
     */
    AutoCloseable watch(String prefix, Consumer<RecordChange> listener) throws IOException;
}
