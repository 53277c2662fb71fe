package io.secgroupd.controlplane.store.etcd;

import io.secgroupd.controlplane.store.RecordStore.StoredRecord;
import io.secgroupd.controlplane.store.common.RecordRules;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The keys of the records whose own keys begin so. */
record RecordKeys(String prefix) {

    private static final String ROOT = "records/";

    /** How many are read at once, so that the longest of them are one answer. */
    private static final int PAGE = 200;

    RecordKeys {
        RecordRules.prefix(prefix);
    }

    static String of(String record) {
        return ROOT + RecordRules.key(record);
    }

    static String name(String key) {
        return key.substring(ROOT.length());
    }

    static StoredRecord record(Item item) {
        return new StoredRecord(name(item.key()), new String(item.value(), StandardCharsets.UTF_8), item.modified());
    }

    String start() {
        return ROOT + prefix;
    }

    /** No character of a key comes after this one. */
    String end() {
        return start() + '~';
    }

    /** All that are there, in their order. */
    List<Item> items(Connection etcd) throws IOException {
        return all(etcd, false);
    }

    /** The same without values. */
    List<Item> names(Connection etcd) throws IOException {
        return all(etcd, true);
    }

    private List<Item> all(Connection etcd, boolean namesOnly) throws IOException {
        var all = new ArrayList<Item>();
        String from = start();
        List<Item> page;
        do {
            page = etcd.range(
                    from, end(), option -> option.withKeysOnly(namesOnly).withLimit(PAGE), Deadline.start());
            all.addAll(page);
            from = page.isEmpty() ? from : page.get(page.size() - 1).key() + '\0';
        } while (page.size() == PAGE);
        return all;
    }
}
