package io.secgroupd.controlplane.store.etcd;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Which revision is the newest.
 *
 * @param serial   0 when there is none
 * @param modified the revision of etcd in which it became so, or was written again; 0 when there is none
 */
record Head(long serial, long modified) {

    static Head read(Connection etcd, Deadline deadline) throws IOException {
        Optional<Item> item = etcd.get(Keys.HEAD, deadline);
        return item.isEmpty() ? new Head(0, 0) : parse(item.get());
    }

    private static Head parse(Item item) throws IOException {
        try {
            return new Head(Long.parseLong(new String(item.value(), StandardCharsets.UTF_8)), item.modified());
        } catch (NumberFormatException e) {
            throw new IOException("What etcd holds under " + item.key() + " is not the serial of a revision.", e);
        }
    }

    static byte[] bytes(long serial) {
        return Long.toString(serial).getBytes(StandardCharsets.UTF_8);
    }
}
