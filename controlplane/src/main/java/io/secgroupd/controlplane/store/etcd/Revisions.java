package io.secgroupd.controlplane.store.etcd;

import io.etcd.jetcd.options.GetOption;
import io.secgroupd.controlplane.store.Revision;
import io.secgroupd.rules.file.PolicyFiles;
import io.secgroupd.rules.file.PolicyReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the revisions that are kept. */
final class Revisions {

    /** How many are kept, as the store in a directory does. */
    static final int MOST = 100;

    /** The control-plane file of each policy. The paths of all others are relative to its directory, wherever that is. */
    static final Path FIRST = Path.of("rules.yaml");

    /** How many are read at once; see {@link Kept#MOST_BYTES}. */
    private static final int PAGE = 10;

    private final Connection etcd;
    private final Pieces pieces;

    Revisions(Connection etcd) {
        this.etcd = etcd;
        this.pieces = new Pieces(etcd);
    }

    Pieces pieces() {
        return pieces;
    }

    Optional<Kept> kept(long serial, Deadline deadline) throws IOException {
        Optional<Item> item = etcd.get(Keys.revision(serial), deadline);
        return item.isEmpty() ? Optional.empty() : Optional.of(Kept.parse(item.get()));
    }

    /** Newest first. */
    List<Kept> newest(int most, Deadline deadline) throws IOException {
        var all = new ArrayList<Kept>();
        String before = Keys.revision(Long.MAX_VALUE);
        while (all.size() < most) {
            List<Item> page = page(before, Math.min(PAGE, most - all.size()), deadline);
            if (page.isEmpty()) {
                break;
            }
            for (Item item : page) {
                all.add(Kept.parse(item));
            }
            before = page.get(page.size() - 1).key();
        }
        return all;
    }

    private List<Item> page(String before, int most, Deadline deadline) throws IOException {
        return etcd.range(
                Keys.REVISIONS,
                before,
                option -> option.withSortField(GetOption.SortTarget.KEY)
                        .withSortOrder(GetOption.SortOrder.DESCEND)
                        .withLimit(most),
                deadline);
    }

    /** A revision with its contents; empty when one of them is no longer kept. */
    Optional<Revision> read(Kept kept, Map<String, byte[]> known) throws IOException {
        Optional<PolicyFiles> files = pieces.files(kept, FIRST, known);
        return files.map(all -> new Revision(
                kept.serial(), all, PolicyReader.read(all), kept.entry().origin()));
    }
}
